import type { settings as english } from '../en/settings.ts';
import type { Texts } from '../texts.ts';

export const settings: Texts<typeof english> = {
  title: 'Réglages',
  lead: 'Chaque changement prend effet aussitôt.',
  general: 'Général',
  language: 'Langue',
  languageSystem: 'Celle de l’ordinateur ({{language}})',
  theme: 'Apparence',
  themes: { system: 'Celle de l’ordinateur', light: 'Claire', dark: 'Sombre' },
  name: 'Votre nom',
  nameHint:
    'Ce qui est fait dans cette fenêtre est inscrit au journal sous ce nom. Le nom saisi quand un arrêt est levé le remplace.',
  controls: 'Moyens d’arrêt',
  controlsHint:
    'Chacun arrête tout à lui seul : le raccourci, l’icône de la zone de notification, le bouton rouge et la ligne de commande.',
  shortcut: 'Raccourci clavier',
  shortcutHint: 'Agit de partout sur le bureau, même fenêtre masquée.',
  shortcutWorks: 'Enregistré',
  shortcutLost: 'Non enregistré',
  shortcutLostMore:
    'Un autre programme a cette touche, ou le bureau ne la permet pas. Choisissez-en une autre.',
  shortcutOther: '{{wanted}} était voulu mais il est pris. Celui-ci agit à la place.',
  proven: 'Prouvé le {{when}}',
  provenOld: 'Prouvé pour la dernière fois le {{when}}, il y a plus de 30 jours',
  notProven: 'Pas encore prouvé',
  notProvenMore:
    'Un bureau peut accepter un raccourci et ne jamais le transmettre. Seul un véritable appui le prouve.',
  change: 'Changer',
  record: 'Appuyez sur les nouvelles touches',
  recordHint:
    'Tenez Ctrl, Alt ou Maj et appuyez sur une touche. Appuyer sur le raccourci actuel arrête vraiment, ici aussi.',
  recordNeeds: 'Une lettre ou un chiffre demande aussi Ctrl, Alt ou la touche système.',
  use: 'Utiliser {{keys}}',
  prove: 'Le prouver par un appui',
  proveNow: 'Appuyez sur {{keys}} maintenant. Encore {{seconds}} s.',
  proveOnlyOff: 'Seulement quand rien n’est publié : un appui arrête toujours vraiment.',
  proveReal: 'L’appui est un véritable arrêt. Il est inscrit comme tout autre et doit être levé.',
  proveStart: 'Attendre mon appui',
  proved: 'Il est arrivé. Le raccourci est prouvé.',
  tray: 'Zone de notification',
  trayYes: 'Présente, en première position : « Tout arrêter »',
  trayNo: 'Ce bureau ne montre pas d’icône, la fenêtre ne se masque donc jamais',
  closeToTray: 'Fermer la fenêtre laisse All Stop actif dans la zone de notification',
  closeToTrayOff: 'Impossible sans icône : fermer la fenêtre pose d’abord la question.',
  cli: 'Ligne de commande',
  cliHint:
    'À lancer dans le dossier d’All Stop. Agit que l’application tourne, soit bloquée, plantée ou fermée.',
  publishing: 'Publication',
  cap: 'Appels simultanés',
  capHint:
    'Un compromis : davantage d’appels à la fois font partir plus de publications à l’heure, et autant de plus peuvent encore paraître après un appui, car ce qu’un réseau a déjà reçu ne peut être repris.',
  capWords_one: 'Au plus {{n}} publication peut échapper à un arrêt.',
  capWords_many: 'Au plus {{n}} de publications peuvent échapper à un arrêt.',
  capWords_other: 'Au plus {{n}} publications peuvent échapper à un arrêt.',
  capUsual: 'D’ordinaire : 4',
  computer: 'Cet ordinateur',
  secrets: 'Les connexions sont scellées par',
  notWritten:
    'Les réglages n’ont pas pu être enregistrés. Ils valent jusqu’à la fermeture d’All Stop ; l’arrêt fonctionne quand même. Le disque répond : {{problem}}',
  secretStores: {
    keyring: 'le trousseau du système',
    passphrase: 'une phrase secrète lue dans un fichier',
    'this-run': 'une clé valable pour cette session seulement',
  },
  secretThisRun: 'Aucun trousseau n’a répondu. Les comptes devront être reconnectés après un redémarrage.',
  folder: 'Dossier de données',
  folderHint:
    'Tout ce que l’application garde s’y trouve. Y supprimer le fichier « permit » arrête tout à la main.',
  copy: 'Copier le chemin',
  copied: 'Copié',
  version: 'Version',
  versionWords: 'All Stop {{version}} sur Electron {{electron}}',
  trial:
    'Ce moteur est ancien : il ne sert qu’à essayer et à tester. Ne publiez pas pour des clients avec lui.',
  keys: 'Raccourcis dans la fenêtre',
  showKeys: 'Tout voir',
  saved: 'Enregistré',
};
