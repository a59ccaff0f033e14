import type { recurrence as english } from '../en/recurrence.ts';
import type { Texts } from '../texts.ts';

export const recurrence: Texts<typeof english> = {
  title: 'Publications récurrentes',
  lead: 'Les publications sont créées 60 jours à l’avance et sont dans la file comme les autres : elles s’arrêtent, se retiennent et s’annulent avec tout le reste.',
  add: 'Rendre un brouillon récurrent',
  none: 'Rien de récurrent pour l’instant',
  noneMore:
    'Écrivez une publication, choisissez ses comptes, laissez-la en brouillon, puis rendez-la récurrente ici.',
  made_one: '{{n}} publication a été créée.',
  made_many: '{{n}} de publications ont été créées.',
  made_other: '{{n}} publications ont été créées.',
  toCome_one: '{{n}} publication à venir dans la file.',
  toCome_many: '{{n}} de publications à venir dans la file.',
  toCome_other: '{{n}} publications à venir dans la file.',
  untilDate: 'jusqu’au {{date}}',
  times_one: '{{count}} fois',
  times_many: '{{count}} fois',
  times_other: '{{count}} fois',
  stopped_one:
    '{{n}} de ses comptes est à l’arrêt. Rien n’est créé pour lui avant la levée ; les dates qui passent d’ici là sont omises.',
  stopped_many:
    '{{n}} de ses comptes sont à l’arrêt. Rien n’est créé pour eux avant la levée ; les dates qui passent d’ici là sont omises.',
  stopped_other:
    '{{n}} de ses comptes sont à l’arrêt. Rien n’est créé pour eux avant la levée ; les dates qui passent d’ici là sont omises.',
  over: 'Sa dernière date est dans la file : plus rien ne sera créé.',
  end: 'Y mettre fin…',
  endQuestion_one: 'Plus rien ne sera créé. Que deviennent les {{n}} à venir ?',
  endQuestion_many: 'Plus rien ne sera créé. Que deviennent les {{n}} à venir ?',
  endQuestion_other: 'Plus rien ne sera créé. Que deviennent les {{n}} à venir ?',
  endKeep: 'Finir et les garder',
  endCancel: 'Finir et les annuler',
  draft: 'Brouillon',
  draftHint: 'Ce qu’il dit à présent est dit chaque fois, sur ses comptes. Le brouillon reste.',
  chooseDraft: 'Choisir un brouillon',
  noDraft: 'Aucun brouillon. Écrivez-en un d’abord.',
  rule: {
    label: 'Fréquence',
    day: 'Chaque jour',
    week: 'Jours de la semaine',
    month: 'Une fois par mois',
    days: 'Le',
    noDays: 'Choisissez au moins un jour.',
    dayOfMonth: 'Le jour',
    dayHint: 'Dans un mois sans ce jour, le dernier du mois.',
    dayWrong: 'Saisissez un nombre entier de 1 à 31.',
    weekOn: 'Chaque {{days}}',
    monthOn: 'Chaque mois, le {{day}}',
  },
  from: 'Premier jour',
  until: 'Dernier jour, s’il y en a',
  most: 'Fois au plus',
  gap_one:
    'À {{n}} date des deux prochaines années, les horloges sautent cette heure. Quand part-elle alors ?',
  gap_many:
    'À {{n}} dates des deux prochaines années, les horloges sautent cette heure. Quand part-elle alors ?',
  gap_other:
    'À {{n}} dates des deux prochaines années, les horloges sautent cette heure. Quand part-elle alors ?',
  twice_one: 'À {{n}} date des deux prochaines années, cette heure existe deux fois. Laquelle est voulue ?',
  twice_many: 'À {{n}} dates des deux prochaines années, cette heure existe deux fois. Laquelle est voulue ?',
  twice_other:
    'À {{n}} dates des deux prochaines années, cette heure existe deux fois. Laquelle est voulue ?',
  skip: 'Omettre cette date',
  makes_one: '{{n}} publication dans les 60 prochains jours.',
  makes_many: '{{n}} de publications dans les 60 prochains jours.',
  makes_other: '{{n}} publications dans les 60 prochains jours.',
  nextTimes: 'Les premières : {{times}}.',
  duplicates:
    'Le même texte sur le même compte en moins de 24 heures est un doublon probable : à son heure, la publication est retenue et une personne décide. Cela peut arriver à une publication quotidienne quand l’heure avance, ou si la même est prévue ailleurs.',
  create: 'Créer les publications',
};
