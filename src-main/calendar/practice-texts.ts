/** An invented brand and what it talks about. Any likeness to a real one is chance; its addresses end in '.example', which nobody can own. */
export type PracticeBrand = {
  readonly name: string;
  readonly market: string;
  readonly timeZone: string;
  readonly language: 'en' | 'fr';
  readonly colour: string;
  readonly site: string;
  readonly accounts: readonly string[];
  /** Things to talk about, as they stand in the middle of a sentence. */
  readonly subjects: readonly string[];
};

/** What is said about a subject; `{s}` stands for it, `{S}` for it at the beginning of a sentence. */
export const SENTENCES: Readonly<Record<'en' | 'fr', readonly string[]>> = {
  fr: [
    'Cette semaine, on vous présente {s}. Passez nous voir !',
    '{S} : trois choses que vous ne saviez peut-être pas. La deuxième nous surprend encore.',
    'Une question revient souvent : d’où vient notre envie de partager {s} ? Réponse en image.',
    'Dans les coulisses : toute l’équipe a passé la matinée sur {s}. Bravo à elle !',
    'On vous en parlait lundi, c’est enfin prêt : {s}.',
    'Vous avez été nombreux à voter, et le choix est fait : {s}. Merci !',
    'Petit rappel du jeudi : {s}, c’est jusqu’à dimanche soir. Après, il faudra attendre le printemps.',
    'Si vous ne deviez retenir qu’une chose ce mois-ci : {s}.',
    'Bonjour à toutes et à tous ! Au programme aujourd’hui : {s}.',
    'Merci pour vos messages. {S}, c’est un peu grâce à vous.',
  ],
  en: [
    'New this week: {s}. Come and say hello.',
    '{S}: three things you may not know. The second still surprises us.',
    'People keep asking what is behind {s}. Here is the short answer.',
    'Behind the scenes: the whole team spent the morning on {s}. Well done, all of you.',
    'We told you on Monday and it is finally ready: {s}.',
    'You voted, we listened, and the winner is {s}. Thank you!',
    'A quick Thursday reminder: {s}, until Sunday evening only.',
    'If you remember one thing from us this month, let it be {s}.',
    'Good morning! On the menu today: {s}.',
    'Thank you for all your messages. {S} would not be here without you.',
  ],
};

/** The parts of a thread after its first sentence. */
export const FOLLOW_UPS: Readonly<Record<'en' | 'fr', readonly (readonly string[])[]>> = {
  fr: [
    [
      'D’abord, il y a l’idée : elle est née un soir de pluie, autour d’une table trop petite.',
      'Ensuite, le travail : six semaines, beaucoup d’essais, quelques ratés dont on rit encore.',
      'Et maintenant, c’est à vous de nous dire ce que vous en pensez. On lit tout.',
    ],
    [
      'Pourquoi maintenant ? Parce que la saison s’y prête, et parce qu’on n’en pouvait plus d’attendre.',
      'La suite demain, même heure.',
    ],
  ],
  en: [
    [
      'First came the idea, on a rainy evening around a table that was far too small.',
      'Then the work: six weeks, many attempts, a few failures we still laugh about.',
      'Now it is your turn to tell us what you think. We read everything.',
    ],
    [
      'Why now? Because it is the season for it, and because we could not wait any longer.',
      'More tomorrow, same time.',
    ],
  ],
};

export const LABELS: Readonly<Record<'en' | 'fr', readonly string[]>> = {
  fr: ['au fil des jours', 'lancement', 'fin d’année', 'coulisses'],
  en: ['everyday', 'launch', 'year end', 'behind the scenes'],
};

/** What a picture shows, for people who cannot see it. */
export const ALT_TEXTS: Readonly<Record<'en' | 'fr', readonly string[]>> = {
  fr: [
    'Un disque clair sur un dégradé, comme un lever de soleil.',
    'Un cercle pâle au-dessus d’un horizon sombre.',
    'Une affiche abstraite aux couleurs de la marque.',
  ],
  en: [
    'A pale disc on a gradient, like a sunrise.',
    'A light circle above a dark horizon.',
    'An abstract poster in the colours of the brand.',
  ],
};

const FRANCE = { market: 'France', timeZone: 'Europe/Paris', language: 'fr' } as const;
const UNITED_KINGDOM = { market: 'United Kingdom', timeZone: 'Europe/London', language: 'en' } as const;

export const PRACTICE_BRANDS: readonly PracticeBrand[] = [
  {
    ...FRANCE,
    name: 'Maison Lune',
    colour: '#7a5195',
    site: 'https://maison-lune.example',
    accounts: [
      '@maisonlune',
      '@maisonlune.paris',
      '@maisonlune.lyon',
      '@maisonlune.atelier',
      '@maisonlune.recrute',
      '@maisonlune.presse',
      '@maisonlune.noel',
    ],
    subjects: [
      'la tarte aux poires et à la fève tonka',
      'le pain de seigle du samedi',
      'les sablés au citron de Corse',
      'la brioche feuilletée',
      'le grand goûter des enfants',
      'les chocolats fourrés au praliné',
      'la galette à la frangipane',
      'le petit-déjeuner à emporter',
      'les madeleines tièdes de seize heures',
      'la bûche marron et cassis',
    ],
  },
  {
    ...FRANCE,
    name: 'Librairie des Quais',
    colour: '#2f7f6f',
    site: 'https://librairie-des-quais.example',
    accounts: [
      '@quais',
      '@quais.jeunesse',
      '@quais.bd',
      '@quais.rencontres',
      '@quais.occasion',
      '@quais.nantes',
      '@quais.lettre',
    ],
    subjects: [
      'la rencontre avec l’équipe de nuit',
      'le prix des lectrices et des lecteurs',
      'les dix polars de l’hiver',
      'le rayon des livres d’occasion',
      'la dictée du dimanche',
      'les albums à lire avant de dormir',
      'le club de lecture du mardi',
      'la grande table des premiers romans',
      'les cartes à broder et à envoyer',
      'le marathon de lecture à voix haute',
    ],
  },
  {
    ...FRANCE,
    name: 'Vélo Nomade',
    colour: '#b5651d',
    site: 'https://velo-nomade.example',
    accounts: [
      '@velonomade',
      '@velonomade.location',
      '@velonomade.atelier',
      '@velonomade.bretagne',
      '@velonomade.alpes',
      '@velonomade.pro',
    ],
    subjects: [
      'la boucle des trois phares',
      'le contrôle gratuit des freins',
      'les sacoches cousues à Roubaix',
      'la randonnée de nuit du solstice',
      'le vélo cargo pour les familles',
      'les gîtes amis des cyclistes',
      'la carte des pistes ouvertes',
      'le cours de mécanique pour débuter',
      'les pneus cloutés contre le gel',
      'la remontée du canal en quatre jours',
    ],
  },
  {
    ...UNITED_KINGDOM,
    name: 'Harbour & Pine',
    colour: '#3b6ea5',
    site: 'https://harbour-and-pine.example',
    accounts: [
      '@harbourpine',
      '@harbourpine.women',
      '@harbourpine.men',
      '@harbourpine.repair',
      '@harbourpine.bristol',
      '@harbourpine.leeds',
      '@harbourpine.jobs',
    ],
    subjects: [
      'the waxed jacket in moss green',
      'our free repair days',
      'the fisherman’s jumper made in Whitby',
      'a walk along the coast in forty photographs',
      'the boots that come back for new soles',
      'the wool hats knitted by our neighbours',
      'the winter swimming starter kit',
      'our second-hand rail',
      'the tent that fits under a bench',
      'the map of paths you can reach by train',
    ],
  },
  {
    ...UNITED_KINGDOM,
    name: 'Kestrel Coffee',
    colour: '#8a4f5e',
    site: 'https://kestrel-coffee.example',
    accounts: [
      '@kestrel',
      '@kestrel.roastery',
      '@kestrel.york',
      '@kestrel.sheffield',
      '@kestrel.wholesale',
      '@kestrel.subscriptions',
      '@kestrel.school',
    ],
    subjects: [
      'the single farm lot from Huila',
      'our decaf that nobody believes is decaf',
      'the Saturday tasting at the roastery',
      'the oat flat white with cardamom',
      'a grinder you can mend yourself',
      'the gift box with three small bags',
      'the evening class on filter coffee',
      'the cup that comes back forty times',
      'our cinnamon buns, before ten only',
      'the letter from the people who grow it',
    ],
  },
  {
    ...UNITED_KINGDOM,
    name: 'Northlight Theatre',
    colour: '#5b7a2e',
    site: 'https://northlight-theatre.example',
    accounts: [
      '@northlight',
      '@northlight.tickets',
      '@northlight.youth',
      '@northlight.backstage',
      '@northlight.cafe',
      '@northlight.access',
    ],
    subjects: [
      'the first read-through of the winter play',
      'pay-what-you-can Tuesdays',
      'the relaxed performance on the 14th',
      'a costume with four hundred buttons',
      'the youth company’s new piece',
      'the captioned matinee',
      'the understudy who went on at noon',
      'the tour of the old flying floor',
      'the café’s soup for the interval',
      'open auditions for the community choir',
    ],
  },
];
