import type { review as english } from '../en/review.ts';
import type { Texts } from '../texts.ts';

export const review: Texts<typeof english> = {
  title: 'À revoir',
  lead: 'Rien ici ne part tout seul. Chaque publication attend la décision d’une personne.',
  brand: 'Marque',
  allBrands: 'Toutes les marques',
  list: 'Publications en attente d’une décision',
  reading: 'Lecture…',
  stillFits: 'Est-ce encore de circonstance ?',
  rules: 'Règles de ton',
  noText: 'Sans texte',
  noReason: 'Aucune raison n’a été notée.',
  details: 'Détails',
  tabs: {
    missed: 'Manquées',
    unconfirmed: 'Non confirmées',
    held: 'Retenues',
  },
  means: {
    missed:
      'Leur heure est passée sans qu’elles partent. Relisez chacune avant de lui donner une nouvelle heure.',
    unconfirmed:
      'Elles sont peut-être publiques, peut-être pas. Aucune n’est renvoyée avant qu’on le sache ; d’ici là, les suivantes du même compte attendent.',
    held: 'Retenues par une personne, comme doublon probable ou jusqu’à un accord. Seule une personne les reprend.',
  },
  action: {
    resume: 'Reprendre',
    move: 'Nouvelle heure',
    draft: 'En brouillon',
    cancel: 'Annuler',
    lookUp: 'Vérifier',
    isPublished: 'Elle est publiée',
    isNot: 'Elle ne l’est pas',
  },
  lookUp: {
    all_one: 'Vérifier {{n}} publication',
    all_many: 'Vérifier {{n}} de publications',
    all_other: 'Vérifier {{n}} publications',
    progress: 'Vérification… {{n}} faites',
    result: 'Publiées : {{published}}. Non publiées : {{absent}}. Sans réponse claire : {{unclear}}.',
    published: 'La publication sur {{account}} est bien publiée.',
    absent: 'La publication sur {{account}} n’a pas été publiée.',
    unclear:
      'Le réseau n’a pas répondu clairement pour la publication sur {{account}}. Regardez le compte vous-même.',
  },
  bar: {
    none: 'Rien de choisi',
    chosen_one: '{{n}} publication choisie',
    chosen_many: '{{n}} de publications choisies',
    chosen_other: '{{n}} publications choisies',
    all: 'Choisir les {{n}}',
    clear: 'Ne rien choisir',
  },
  empty: {
    missed: 'Aucune publication manquée',
    unconfirmed: 'Aucune publication non confirmée',
    held: 'Aucune publication retenue',
    words: 'Il n’y a rien à décider ici.',
  },
  pages: {
    first: 'Première page',
    previous: 'Page précédente',
    next: 'Page suivante',
    last: 'Dernière page',
    page: 'Page {{n}}',
  },
};
