import type { refusal as english } from '../en/refusal.ts';
import type { Texts } from '../texts.ts';

export const refusal: Texts<typeof english> = {
  code: {
    'account-exists': 'Cette marque a déjà un compte de ce nom sur ce réseau.',
    'account-in-use': 'Ce compte a encore des publications. Annulez d’abord celles qui sont programmées.',
    'account-stopped': 'Ce compte a son propre arrêt. Levez d’abord cet arrêt.',
    'account-unknown': 'Ce compte n’existe plus.',
    'backup-no-room': '{{message}}',
    'backup-not-sound': 'Cette sauvegarde est endommagée. Choisissez-en une autre.',
    'backup-running': 'Une sauvegarde est en cours ou à l’essai. Attendez qu’elle soit finie.',
    'bad-request': 'All Stop n’a pas compris ce que cette fenêtre demandait ({{message}}).',
    'bad-url': 'Cette adresse ne peut pas être utilisée. {{message}}',
    'brand-exists': 'Il existe déjà une marque de ce nom.',
    'brand-unknown': 'Cette marque n’existe plus.',
    'bulk-no-preview': 'Cet aperçu n’existe plus. Regardez l’opération à nouveau.',
    'bulk-no-undo': 'Aucune opération ne peut être annulée.',
    'bulk-replaced': 'Une autre opération a été regardée entre-temps.',
    'bulk-running':
      'Une autre opération sur de nombreuses publications est en cours. Attendez qu’elle finisse.',
    'bulk-too-many': 'Une opération atteint au plus 100 000 publications. Resserrez le filtre.',
    'desk-not-empty': 'Il y a déjà des marques ici. Dites qu’elles peuvent être remplacées.',
    'export-damaged': 'Cet export est endommagé : {{detail}}',
    'export-failed': 'L’export n’a pas pu être écrit : {{detail}}',
    'export-newer': 'Une version plus récente d’All Stop a fait cet export.',
    'no-export':
      'Ce dossier n’est pas un export de tout. Choisissez celui qui contient le fichier export.json.',
    'data-shared': '{{message}}',
    'data-synced': '{{message}}',
    'folder-moved': '{{message}}',
    'folder-not-empty': 'Il y a déjà quelque chose dans ce dossier. Choisissez-en un vide.',
    'folder-shared': '{{message}}',
    'folder-synced': '{{message}}',
    'move-failed': 'Les données n’ont pas pu être déplacées : {{detail}}',
    'move-publishing': 'Arrêtez d’abord la publication : les données ne se déplacent que quand rien ne part.',
    'calendar-not-saved': 'Le calendrier n’a pas pu être enregistré : {{detail}}',
    'too-many-to-print':
      'On peut imprimer {{detail}} publications au plus à la fois. Réduisez le filtre ou la période ; ICS et CSV n’ont pas de limite.',
    'drill-running': 'Un exercice est déjà en cours.',
    'split-no-threads': 'Aucun des réseaux de ces comptes n’a de fils.',
    'split-too-long': 'Ce texte demanderait plus de 50 messages. Raccourcissez-le d’abord.',
    'field-missing': '{{head}} : ce champ est nécessaire.',
    'hashtag-invalid':
      'Un hashtag n’a que des lettres, des chiffres et _, et au moins une lettre : {{detail}}',
    'handle-invalid': 'Pseudo : ce n’est pas un pseudo de ce réseau : {{detail}}',
    'handle-no-network': 'Personne ne peut être mentionné sur ce réseau.',
    'handles-too-many': 'Il y a déjà 5 000 pseudos enregistrés. Supprimez-en un d’abord.',
    'words-too-many': 'Il y a déjà 20 000 mots. Supprimez-en un d’abord.',
    'hashtag-none': 'Écrivez au moins un hashtag.',
    'no-such-saved-text': 'Il a été supprimé entre-temps. Enregistrez-le comme nouveau.',
    'saved-name-taken': 'Nom : il y en a déjà un nommé {{detail}} pour la même marque.',
    'saved-too-many': 'Il y a déjà 2 000 groupes de hashtags et modèles. Supprimez-en un d’abord.',
    'folder-in-data': 'Ce dossier fait partie du dossier de données. Choisissez-en un ailleurs.',
    'illegal-move': 'Ce n’est pas possible dans l’état actuel de la publication.',
    'licences-missing': 'Les licences ne sont pas là : cette copie d’All Stop est incomplète.',
    internal:
      'Une erreur s’est produite dans All Stop ({{detail}}). Rien de plus n’a été fait ; le journal technique en donne le détail.',
    'login-not-set': 'Cet ordinateur ne l’a pas accepté : {{detail}}',
    'logo-no-picture': 'Un logo est une image. Choisissez un autre fichier.',
    'look-up-failed': 'Le réseau n’a pas pu être interrogé. {{message}}',
    'media-missing': 'Un fichier de cette publication n’existe plus. Ajoutez-le de nouveau.',
    'media-size': 'Un fichier doit faire entre 1 octet et 512 Mo.',
    'name-missing': 'Une levée demande le nom de la personne qui la décide.',
    'no-attempt': 'Aucune tentative n’est connue pour cette publication.',
    'no-brand': 'Nommez les marques qui reprennent.',
    'no-database': '{{message}}',
    'no-path':
      'Ce fichier n’a pas d’emplacement sur cet ordinateur. Enregistrez-le d’abord, puis choisissez-le ici.',
    'no-plan': 'Cette marque n’a pas encore de plan.',
    'no-preview': 'Cet aperçu n’existe plus. Choisissez de nouveau le fichier.',
    'no-such-backup': 'Cette sauvegarde n’existe plus.',
    'no-such-account': 'Ce compte n’existe plus.',
    'no-such-brand': 'Cette marque n’existe plus.',
    'slot-taken':
      'Un créneau affiché n’est plus libre. Les heures sont affichées à nouveau : regardez-les et programmez encore une fois.',
    'no-such-recurrence': 'Cette publication récurrente a déjà pris fin.',
    'no-such-draft': 'Ce brouillon n’existe plus.',
    'draft-no-accounts': 'Ce brouillon ne nomme aucun compte. Choisissez d’abord ses comptes.',
    'recurrence-empty': 'Cette règle n’a aucune date à venir.',
    'recurrence-time': 'Ce n’est pas une heure. Écrivez-la comme 09:30.',
    'no-such-entry': 'Cette entrée n’est plus dans le plan.',
    'no-such-network': 'Cette version ne connaît pas ce réseau.',
    'no-such-import': 'Cet import n’existe plus.',
    'no-such-item': 'Cet élément n’est plus dans la liste.',
    'no-such-planner': 'Ce planificateur n’existe plus.',
    'cannot-cancel-there': 'Rien ne peut y être annulé de l’extérieur.',
    'no-such-post': 'Cette publication n’existe plus.',
    'no-such-stop': 'Cet arrêt n’est plus en vigueur.',
    'no-such-zone': 'Ce n’est pas un fuseau horaire. Un fuseau s’écrit par exemple Europe/Paris.',
    'not-allowed': 'Ce n’est pas permis d’ici.',
    'not-confirmed': 'L’arrêt n’est pas confirmé. Seul un arrêt confirmé peut être levé.',
    'not-durable': 'L’écriture dans le dossier de données a échoué. Rien n’a été commencé ni levé.',
    'not-empty': 'Les données d’essai ne conviennent qu’à un bureau vide.',
    'not-in-outbox': 'Ce fichier n’est plus dans le dossier outbox.',
    'not-printed': 'Le PDF n’a pas pu être écrit : {{detail}}',
    'not-recorded': 'Le journal n’a pas pu être écrit. Rien n’a été coché.',
    'not-saved': 'Les réglages n’ont pas pu être enregistrés : {{detail}}',
    'not-startable': 'La publication a déjà été commencée ou arrêtée : levez plutôt l’arrêt.',
    'not-stopped': 'Aucune de ces marques n’est arrêtée.',
    'by-brand': 'Un arrêt de tout se lève marque par marque : nommez les marques qui reprennent.',
    'not-unconfirmed': 'Cette publication n’est plus « non confirmée » : son sort a été réglé entre-temps.',
    'nothing-public': 'Rien de cette publication n’est connu comme public.',
    'restore-publishing':
      'Arrêtez d’abord la publication : une sauvegarde n’est restaurée que quand rien ne part.',
    'report-no-brand': 'D’après le journal, cet arrêt ne couvrait pas cette marque.',
    'report-no-stop': 'Le journal ne connaît pas cet arrêt.',
    'yes-nobody-waits':
      'Aucune de ces publications n’attend l’accord de cette personne pour une heure à venir.',
    'yes-not-saved': 'La page n’a pas pu être enregistrée : {{detail}}',
    'yes-no-preview': 'Ces réponses ne sont plus là. Relisez-les.',
    'yes-no-undo': 'Aucune réponse ne peut être annulée.',
    'answers-too-long': 'C’est trop long pour un fichier de réponses.',
    'answers-newer': 'Ces réponses viennent d’une version plus récente. Mettez d’abord All Stop à jour.',
    'answers-unreadable':
      'La ligne {{detail}} ne peut pas être lue : ce n’est pas un fichier de réponses. Rien n’a été modifié.',
    'answers-none': 'Aucune réponse n’y a été trouvée. Rien n’a été modifié.',
    'answers-nobody': 'Ces réponses ne nomment personne : demandez qui les a données, et son nom.',
    'report-not-saved': 'Le document n’a pas pu être enregistré : {{detail}}',
    'partly-released':
      'Certaines de ces marques restent arrêtées : leur propre arrêt n’a pas pu être retiré du dossier de données.',
    'plan-keys': 'Deux entrées ont la même clé. Rien n’a été enregistré.',
    'pressed-since':
      'L’arrêt a de nouveau été demandé pendant que cette levée se décidait. Rien n’a été levé.',
    publishing: 'Un appui arrête toujours pour de vrai : prouvez la touche quand rien n’est publié.',
    'stop-other-brand': 'Cet arrêt ne couvre pas cette marque. Rien n’a été coché.',
    'stop-over': 'Cet arrêt est levé depuis plus d’un jour.',
    'stops-unreadable': '{{message}}',
    'time-gap': 'Cette heure n’existe pas ce jour-là : c’est le passage à l’heure d’été.',
    'time-past': 'Cette heure est déjà passée.',
    'time-twice': 'Cette heure existe deux fois ce jour-là. Choisissez laquelle.',
    'too-early':
      'Elle n’y est pas encore, mais peut encore apparaître. Vérifiez de nouveau dans deux minutes.',
    'tool-link': 'Le lien doit être une adresse https : {{detail}}',
    'tool-name': 'Un outil a besoin d’un nom.',
    unavailable: 'All Stop ne répond pas.',
    unclear: 'Le réseau n’a pas répondu clairement. {{message}}',
  },
  said: {
    byHand:
      'Fermez All Stop, ou supprimez le fichier « permit » du dossier de données, et mettez fin au processus nommé dans « publisher.pid ».',
    keyMissing:
      'La clé des connexions n’est pas disponible : le trousseau est verrouillé ou ne répond pas. Ce qui demande une connexion n’est pas envoyé.',
    crashLoop:
      'Le processus d’envoi s’est arrêté trois fois en une minute. Il est relancé à intervalles plus longs ; ce qu’il envoyait est non confirmé.',
    journal: 'Le journal ne peut pas être écrit :',
    databaseRestored:
      'La base de données est plus ancienne que le journal : une copie en a été remise. Des publications parties depuis peuvent y être encore programmées.',
    networkUnconfirmed:
      '{{count}} publications vers {{network}} sont restées non confirmées en un quart d’heure. Vérifiez-les dans À revoir avant de lever l’arrêt de ce réseau.',
    tooManyUnconfirmed:
      '{{count}} publications sur {{networks}} réseaux sont restées non confirmées en un quart d’heure : la voie vers les réseaux ne fonctionne pas comme elle devrait. Vérifiez-les dans À revoir avant que la publication reprenne.',
    clockJumped:
      'L’horloge de cet ordinateur a été changée de plus de deux minutes : des publications pourraient partir à une mauvaise heure. Vérifiez la date et l’heure, puis levez l’arrêt.',
    clockBehind:
      'L’horloge de cet ordinateur est en retard sur ce qu’elle était : des publications pourraient partir à une mauvaise heure. Vérifiez la date et l’heure, puis levez l’arrêt.',
    uncleanEnds:
      'All Stop s’est terminé deux fois en dix minutes sans avoir été quitté. Regardez les publications non confirmées, puis levez l’arrêt.',
    stopChanged:
      'L’arrêt lui-même a été modifié par une mise à jour. Prouvez ses commandes, puis levez l’arrêt.',
    databaseForeign:
      'La base de données n’est pas celle qui servait ici : elle a été restaurée, copiée ou créée de nouveau.',
    leftShortcut:
      'Il ne reste que le raccourci pour arrêter : l’icône, le bouton et la ligne de commande n’agissent plus. Réparez-en une, puis levez l’arrêt.',
    leftTray:
      'Il ne reste que l’icône pour arrêter : le raccourci, le bouton et la ligne de commande n’agissent plus. Réparez-en un, puis levez l’arrêt.',
    leftButton:
      'Il ne reste que le bouton pour arrêter : le raccourci, l’icône et la ligne de commande n’agissent plus. Réparez-en un, puis levez l’arrêt.',
    leftCommandLine:
      'Il ne reste que la ligne de commande pour arrêter : le raccourci, l’icône et le bouton n’agissent plus. Réparez-en un, puis levez l’arrêt.',
    leftNone:
      'Aucune commande d’arrêt n’agit : ni le raccourci, ni l’icône, ni le bouton, ni la ligne de commande. Réparez-en deux, puis levez l’arrêt.',
    permitForeign: 'Le permis de publier a été écrit par une autre machine, ou c’est une copie.',
    permitUnreadable: 'Le permis de publier est illisible.',
    permitEpoch: 'Le permis de publier date d’avant un arrêt.',
    stopsUnreadable: 'Un fichier du dossier « stops » est incompréhensible :',
    releaseFailed: 'Une levée n’a pu être ni exécutée ni annulée.',
    backupPutBack:
      'Une sauvegarde a été restaurée. Des publications parties depuis peuvent y être de nouveau programmées.',
    importedHere: 'Tout vient d’un autre ordinateur. Ce qui est programmé ici peut l’être aussi là-bas.',
    signInElsewhere: 'Reconnectez-vous : ce compte vient d’un autre ordinateur.',
    folderMoved:
      'Les données sont maintenant dans un autre dossier : {{folder}}. Redémarrez All Stop avec ce dossier à portée.',
    dataShared: 'Le dossier de données est sur un partage : {{what}}. Rien n’est publié de là.',
    dataSynced: 'Le dossier de données est synchronisé par {{what}}. Rien n’est publié de là.',
    folderShared:
      'Ce dossier est sur un partage : {{what}}. Choisissez-en un sur un disque de cet ordinateur.',
    folderSynced: 'Ce dossier est synchronisé par {{what}}. Choisissez-en un autre.',
    movingData: 'Le dossier de données est en cours de déplacement.',
    backupBytes: 'Ses octets ne sont pas ceux qui ont été écrits.',
    backupCounts: 'Elle ne contient pas autant de publications que la file.',
    backupLines: 'Elle n’a pas le nombre de lignes qui ont été écrites.',
    backupList: 'La liste n’est pas complète.',
    noRoom: 'Pas assez de place dans {{where}} : il faut {{needed}} Mo, {{free}} Mo sont libres.',
    databaseOpening: 'La base de données n’est pas encore ouverte.',
    databaseLocked:
      'Un autre All Stop a ouvert la base de données. Fermez-le : celui-ci continue alors de lui-même.',
    databaseCorrupt:
      'La base de données est endommagée ou n’en est pas une. Rien n’a été modifié ; remettez une copie, ou déplacez le fichier pour repartir de zéro.',
    databaseNewer:
      'Une version plus récente d’All Stop a écrit cette base de données. Installez cette version ; rien n’a été modifié.',
    databaseUnreadable:
      'La base de données ne peut être ni lue ni écrite à cet endroit. Vérifiez le dossier et ses droits.',
    databaseUnsafe:
      'La base de données ne garde pas les réglages qui la protègent ; rien n’est donc publié à partir d’elle.',
    databaseClosed: 'La base de données est fermée.',
    databaseFailed: 'La base de données a échoué.',
    diskFull:
      'Le disque est plein. Rien de ce qui est enregistré n’est perdu ; libérez de la place, puis réessayez.',
    journalUnread: 'Le journal ne peut pas être lu :',
    lineNoRecord: 'La ligne {{line}} n’est pas un enregistrement.',
    lineNumber: 'La ligne {{line}} porte le numéro {{found}} au lieu de {{wanted}}.',
    lineOrder: 'La ligne {{line}} ne suit pas l’enregistrement précédent.',
    lineChanged: 'La ligne {{line}} a été modifiée après son écriture.',
    recordsMissing: 'Enregistrements manquants à la fin : {{n}}.',
    recordOther: 'Le dernier enregistrement n’est pas celui qui a été écrit.',
    noAnswerInTime: 'Pas de réponse à temps.',
    lookUpEnded: 'La vérification s’est interrompue avant la réponse.',
  },
};
