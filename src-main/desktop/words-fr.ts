import type { Words } from './words.ts';

const number = (count: number) => count.toLocaleString('fr-FR');
/** 'one' covers 0 and 1; 'many' (whole millions) takes "de". */
const plural = new Intl.PluralRules('fr-FR');
const posts = (count: number) => {
  const form = plural.select(count);
  if (form === 'one') return `${number(count)} publication`;
  return form === 'many' ? `${number(count)} de publications` : `${number(count)} publications`;
};
const ending = (count: number) => (plural.select(count) === 'one' ? '' : 's');
const megabytes = (bytes: number) => `${Math.ceil(bytes / 1_000_000).toLocaleString('fr-FR')} Mo`;
const list = (parts: readonly string[]) => new Intl.ListFormat('fr-FR').format(parts);

export const FRENCH: Words = {
  language: 'fr',
  emergencyStop: 'Arrêt d’urgence',
  openWindow: 'Ouvrir All Stop',
  quit: 'Quitter All Stop',
  state: {
    publishing: 'Publication en cours',
    stopped: 'ARRÊTÉ\u00a0: rien ne part',
    stopping: 'ARRÊT EN COURS…',
    'not-confirmed': 'ARRÊT NON CONFIRMÉ\u00a0: agissez à la main',
    'not-started': 'Rien ne part',
  },
  tooltip: (state, scheduled, next) =>
    `All Stop – ${state}\n${posts(scheduled)} programmée${ending(scheduled)}${
      next === '' ? '' : `, prochaine ${next}`
    }`,
  posts,

  stopEngagedTitle: (scope) => `Arrêté\u00a0: ${scope}`,
  stopEngagedBody: ({ control, held, inFlight }) =>
    `Par ${control}. ${posts(held)} bloquée${ending(held)}${
      inFlight === 0
        ? ', aucun envoi en cours.'
        : `\u00a0; ${posts(inFlight)} en cours d’envoi peu${inFlight > 1 ? 'ven' : ''}t encore paraître.`
    }`,
  stopConfirmedTitle: 'Arrêt confirmé',
  stopConfirmedBody: (held) => `Plus rien ne part. ${posts(held)} bloquée${ending(held)}.`,
  stopNotConfirmedTitle: 'ARRÊT NON CONFIRMÉ',
  stopNotConfirmedBody: (todo) =>
    `Des publications peuvent encore partir. Faites ceci maintenant\u00a0: ${todo}`,
  stopForgottenTitle: (scope) => `Toujours arrêté\u00a0: ${scope}`,
  stopForgottenBody: ({ since, by, held, others }) =>
    `Depuis ${since}${by === '' ? '' : `, par ${by}`}. ${posts(held)} bloquée${ending(held)}.${
      others === 0
        ? ''
        : others === 1
          ? ' Un autre arrêt est en vigueur.'
          : ` ${number(others)} autres arrêts sont en vigueur.`
    } Seule une personne peut le lever.`,
  drillDueTitle: 'Un exercice est à faire',
  drillDueBody:
    'L’arrêt se répète une fois par trimestre\u00a0: dix secondes, sur une copie, pendant que la publication continue. Il se lance de son propre bouton, dans la salle d’arrêt.',
  control: {
    shortcut: 'le raccourci clavier',
    tray: 'l’icône de la barre système',
    button: 'le bouton',
    'command-line': 'la ligne de commande',
    'file-removed': 'la suppression du fichier de permis',
    start: 'l’état trouvé au démarrage',
    trip: 'un déclenchement automatique',
  },
  everything: 'tout',
  reviewTitle: (count) => `${posts(count)} à décider`,
  reviewBody: ({ missed, failed, unconfirmed }) =>
    `${list(
      [
        missed > 0 ? `${number(missed)} manquée${ending(missed)}` : '',
        failed > 0 ? `${number(failed)} en échec` : '',
        unconfirmed > 0 ? `${number(unconfirmed)} non confirmée${ending(unconfirmed)}` : '',
      ].filter((part) => part !== ''),
    )}. Rien ne part tout seul.`,
  yesNearTitle: (count) => `${posts(count)} ${count > 1 ? 'attendent' : 'attend'} encore un accord`,
  yesNearBody: ({ first, names }) =>
    `La première est prévue à ${first}. Sans l’accord de ${list(names)} avant son heure, elle est manquée.`,
  signInsTitle: (count) =>
    count === 1 ? 'Un compte doit être reconnecté' : `${number(count)} comptes doivent être reconnectés`,
  signInsBody:
    'Leurs publications attendent le temps du délai, puis sont manquées. Reconnectez-les sur le bureau.',
  digestTitle: 'All Stop aujourd’hui',
  digestBody: ({ published, failed, missed, waiting, tomorrow, first }) =>
    [
      `${posts(published)} ${published > 1 ? 'parties' : 'partie'}${failed > 0 ? `, ${number(failed)} en échec` : ''}${
        missed > 0 ? `, ${number(missed)} ${missed > 1 ? 'manquées' : 'manquée'}` : ''
      }.`,
      waiting > 0 ? `${posts(waiting)} ${waiting > 1 ? 'attendent' : 'attend'} dans À revoir.` : '',
      tomorrow > 0 ? `Demain ${posts(tomorrow)}, la première à ${first}.` : 'Rien n’est programmé demain.',
    ]
      .filter((part) => part !== '')
      .join(' '),
  accountsHeldTitle: (count) =>
    count === 1
      ? 'Un compte a été retenu automatiquement'
      : `${number(count)} comptes ont été retenus automatiquement`,
  accountsHeldBody: ({ rate, refusals, 'no-answer': noAnswer, isOneNetwork }) =>
    `${list(
      [
        refusals > 0 ? `${number(refusals)} après plusieurs refus` : '',
        noAnswer > 0 ? `${number(noAnswer)} après des publications sans réponse` : '',
        rate > 0 ? `${number(rate)} pour bien trop de publications par minute` : '',
      ].filter((part) => part !== ''),
    )}.${isOneNetwork ? ' Tous sont sur le même réseau\u00a0: il refuse peut-être tout le monde.' : ''} Voyez le bureau\u00a0; seule une personne les fait reprendre.`,
  controlLostTitle: 'Une commande d’arrêt est perdue',
  trayLostBody: 'Le bureau n’affiche plus l’icône. All Stop reste dans sa fenêtre.',
  controlGone: {
    button:
      'La fenêtre ne répond pas\u00a0: son bouton rouge n’agit peut-être plus. Les autres commandes agissent.',
    'command-line': 'La ligne de commande ne peut plus joindre l’application. Les autres commandes agissent.',
    file: 'Le fichier «\u202fpermit\u202f» du dossier de données n’a pas pu être supprimé. Libérez ou réparez le disque.',
  },
  proofEndedTitle: 'Le raccourci d’arrêt est à prouver de nouveau',
  proofEndedBody: (because) => `${because} Appuyez une fois dessus quand rien n’est publié.`,
  proofEnded: {
    old: 'Son dernier appui date de plus de 30\u00a0jours.',
    key: 'La touche a changé.',
    app: 'All Stop a été mis à jour.',
    system: 'Le système a été mis à jour.',
    session: 'Le type de session du bureau a changé.',
    layout: 'La disposition du clavier a changé.',
  },
  backupFailedTitle: 'La sauvegarde n’a pas pu être faite',
  backupFailedBody: ({ code, detail, needed }) =>
    ({
      'no-room': `Le disque est plein${needed > 0 ? ` : il faut ${megabytes(needed)} dans ${detail}` : ''}. Les sauvegardes précédentes sont conservées.`,
      'not-sound': `La copie n’était pas entière et a été jetée : ${detail}`,
      failed: `Réponse du disque : ${detail}`,
    })[code],
  closedToTrayTitle: 'All Stop continue dans la barre système',
  closedToTrayBody:
    'Les publications continuent. Ouvrez ou quittez depuis l’icône\u00a0; cela se change dans les réglages.',
  settingsNotWrittenTitle: 'Les réglages n’ont pas pu être enregistrés',
  settingsNotWrittenBody: (problem) =>
    `Ils valent jusqu’à la fermeture d’All Stop. L’arrêt fonctionne quand même. Le disque répond : ${problem}`,
  settingsResetTitle: 'Les réglages n’ont pas pu être lus',
  settingsResetBody: (keptAs) =>
    `All Stop a démarré avec ses réglages par défaut. L’ancien fichier est gardé sous ${keptAs}.`,

  windowGone: 'La fenêtre s’est arrêtée.',
  windowHung: 'La fenêtre ne répond pas.',
  windowNotLoaded: 'La fenêtre n’a pas pu être chargée.',
  windowTroubleDetail:
    'La publication et l’arrêt d’urgence ne dépendent pas de la fenêtre\u00a0: le raccourci et l’icône marchent toujours.',
  reload: 'Recharger',
  wait: 'Attendre',
  quitQuestion: 'Quitter All Stop\u00a0?',
  quitDetail: (scheduled) =>
    `Rien ne part quand All Stop est fermé\u00a0: ${posts(scheduled)} programmée${ending(scheduled)}. Ce qui arrive à échéance est marqué manqué et vous attend.`,
  keepRunning: 'Laisser ouvert',
  openLinkQuestion: (host) => `Ouvrir ${host} dans le navigateur\u00a0?`,
  openLink: 'Ouvrir',
  cancel: 'Annuler',

  shortcutAlternative: (wanted, used) =>
    `${wanted} est pris par un autre programme\u00a0; ${used} est enregistré à la place.`,
  shortcutNone: (wanted) =>
    `Aucune touche n’a pu être enregistrée pour l’arrêt d’urgence\u00a0: ${wanted} et ses remplaçantes sont prises. Choisissez-en une autre.`,
  shortcutUnproven:
    'Sur ce bureau (Wayland), une touche enregistrée peut ne jamais arriver. Elle ne compte qu’une fois pressée.',
  shortcutInvalid: 'Choisissez une touche avec Ctrl, Alt ou Cmd, ou une touche de fonction.',
  shortcutTaken: (accelerator) => `${accelerator} est pris par un autre programme. L’ancienne touche reste.`,

  menu: {
    stop: 'Arrêt',
    stopByHand: 'Comment arrêter à la main…',
    file: 'Fichier',
    edit: 'Édition',
    view: 'Affichage',
    window: 'Fenêtre',
    help: 'Aide',
    undo: 'Annuler',
    redo: 'Rétablir',
    cut: 'Couper',
    copy: 'Copier',
    paste: 'Coller',
    selectAll: 'Tout sélectionner',
    reload: 'Recharger la fenêtre',
    actualSize: 'Taille réelle',
    zoomIn: 'Agrandir',
    zoomOut: 'Réduire',
    fullScreen: 'Plein écran',
    developerTools: 'Outils de développement',
    minimise: 'Réduire la fenêtre',
    close: 'Fermer',
    dataFolder: 'Montrer le dossier des données',
    about: 'À propos de All Stop',
    hide: 'Masquer All Stop',
    hideOthers: 'Masquer les autres',
    showAll: 'Tout afficher',
    services: 'Services',
    front: 'Tout ramener au premier plan',
    newPost: 'Nouvelle publication',
    importCalendar: 'Importer un calendrier…',
    settings: 'Réglages…',
  },
  stopByHandTitle: 'Arrêter à la main',
  stopByHandDetail: (permitPath) =>
    `Supprimez ce fichier, que All Stop tourne, soit bloqué ou fermé\u00a0:\n\n${permitPath}\n\nSans lui, rien ne part.`,

  signInDone: 'Vous êtes connecté.',
  signInFailed: 'La connexion n’a pas marché.',
  signInClose: 'Vous pouvez fermer cette page et revenir à All Stop.',
  signInTimeout: 'Personne n’est revenu du navigateur en deux minutes. Rien n’a changé.',
  signInDeclined: 'La connexion a été refusée dans le navigateur. Rien n’a changé.',
  signInPortTaken: (port) =>
    `Un autre programme utilise le port ${port} de cet ordinateur, nécessaire à cette connexion. Fermez-le et réessayez. Rien n’a changé.`,
  signInNoBrowser: 'Le navigateur n’a pas pu être ouvert. Rien n’a changé.',

  file: {
    calendar: 'Importer un calendrier',
    accounts: 'Importer des comptes',
    export: 'Exporter le calendrier',
  },
  csvFiles: 'Fichiers CSV',
  savePdf: 'Enregistrer en PDF',
  pdfFiles: 'Fichiers PDF',
  chooseFolder: 'Choisir un dossier',
  saveReport: 'Enregistrer le document pour le client',
};
