import type { Language } from '../calendar/local-time.ts';

/** What the client's page says. Members with a function are filled in here, in main; the page's own script gets those of `script`. */
export type AskWords = {
  readonly title: (brand: string) => string;
  readonly forWhom: (name: string) => string;
  readonly made: (when: string) => string;
  readonly how: readonly string[];
  readonly notProof: string;
  readonly name: string;
  readonly nameHint: string;
  readonly of: (n: number, all: number) => string;
  readonly plannedFor: string;
  readonly part: (n: number, of: number) => string;
  readonly noText: string;
  readonly link: string;
  readonly noAlt: string;
  readonly smaller: (name: string) => string;
  readonly leftOut: (name: string, size: string) => string;
  readonly noPicture: (name: string) => string;
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  readonly remark: string;
  readonly code: string;
  readonly save: string;
  readonly byMail: string;
  readonly byMailHint: string;
  readonly copy: string;
  readonly byHand: string;
  readonly script: Readonly<
    Record<'open' | 'nameMissing' | 'noneChosen' | 'saved' | 'copied' | 'notCopied', string>
  >;
};

const EN: AskWords = {
  title: (brand) => `${brand}: may these posts go out?`,
  forWhom: (name) => `For ${name}`,
  made: (when) => `Made on ${when}`,
  how: [
    'Say yes or no to each post, and type your name.',
    'Then press “Save my answers” and send the small file that appears back to whoever sent you this page.',
    'This page needs no internet connection and sends nothing anywhere.',
  ],
  notProof: 'An answer records who said yes to exactly these words at exactly this time. It is no signature.',
  name: 'Your name',
  nameHint: 'Only the person named above counts; whoever reads the answers sees which name was typed.',
  of: (n, all) => `Post ${n} of ${all}`,
  plannedFor: 'Planned for',
  part: (n, of) => `Part ${n} of ${of}`,
  noText: 'No text',
  link: 'Link',
  noAlt: 'Without a text for people who cannot see it.',
  smaller: (name) => `Shown smaller than it goes out: ${name}`,
  leftOut: (name, size) => `Picture not shown here, it is too large for this page: ${name} (${size})`,
  noPicture: (name) => `File not shown here: ${name}`,
  question: 'May this go out?',
  yes: 'Yes',
  no: 'No',
  remark: 'Remark (optional)',
  code: 'Code',
  save: 'Save my answers',
  byMail: 'Or by e-mail',
  byMailHint: 'If no file appears: copy these lines into an e-mail instead.',
  copy: 'Copy these lines',
  byHand: 'Write YES or NO after each code, and your name after “Name:”.',
  script: {
    open: 'Answered: {n} of {all}.',
    nameMissing: 'Type your name first.',
    noneChosen: 'Say yes or no to at least one post first.',
    saved: 'Saved as “{file}”. Send this file back to whoever sent you this page.',
    copied: 'Copied.',
    notCopied: 'This could not be copied by itself: choose the lines and copy them.',
  },
};

const FR: AskWords = {
  title: (brand) => `${brand}\u00a0: ces publications peuvent-elles partir\u202f?`,
  forWhom: (name) => `Pour ${name}`,
  made: (when) => `Page établie le ${when}`,
  how: [
    'Répondez oui ou non pour chaque publication et saisissez votre nom.',
    'Appuyez ensuite sur «\u202fEnregistrer mes réponses\u202f» et renvoyez le petit fichier obtenu à la personne qui vous a transmis cette page.',
    'Cette page fonctionne sans connexion et n’envoie rien nulle part.',
  ],
  notProof:
    'Une réponse note qui a dit oui à exactement ces mots, à exactement cette heure. Ce n’est pas une signature.',
  name: 'Votre nom',
  nameHint: 'Seule compte la personne nommée ci-dessus\u202f; qui lira les réponses verra le nom saisi.',
  of: (n, all) => `Publication ${n} sur ${all}`,
  plannedFor: 'Prévue le',
  part: (n, of) => `Message ${n} sur ${of}`,
  noText: 'Sans texte',
  link: 'Lien',
  noAlt: 'Sans texte pour les personnes qui ne peuvent pas la voir.',
  smaller: (name) => `Montrée plus petite qu’elle ne part\u00a0: ${name}`,
  leftOut: (name, size) => `Image absente d’ici, trop volumineuse pour cette page\u00a0: ${name} (${size})`,
  noPicture: (name) => `Fichier absent d’ici\u00a0: ${name}`,
  question: 'Peut-elle partir\u202f?',
  yes: 'Oui',
  no: 'Non',
  remark: 'Remarque (facultative)',
  code: 'Code',
  save: 'Enregistrer mes réponses',
  byMail: 'Ou par courriel',
  byMailHint: 'Si aucun fichier n’apparaît, copiez plutôt ces lignes dans un courriel.',
  copy: 'Copier ces lignes',
  byHand: 'Écrivez OUI ou NON après chaque code, et votre nom après «\u202fNom\u00a0:\u202f».',
  script: {
    open: 'Répondu\u00a0: {n} sur {all}.',
    nameMissing: 'Saisissez d’abord votre nom.',
    noneChosen: 'Répondez d’abord oui ou non pour au moins une publication.',
    saved:
      'Enregistré sous «\u202f{file}\u202f». Renvoyez ce fichier à la personne qui vous a transmis cette page.',
    copied: 'Copié.',
    notCopied: 'La copie n’a pas pu se faire\u00a0: sélectionnez les lignes et copiez-les.',
  },
};

export const ASK_WORDS: Readonly<Record<Language, AskWords>> = { en: EN, fr: FR };
