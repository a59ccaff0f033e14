import type { tour as english } from '../en/tour.ts';
import type { Texts } from '../texts.ts';

export const tour: Texts<typeof english> = {
  title: 'Visite de deux minutes',
  resume: 'Reprendre la visite ({{n}} sur {{of}})',
  count: '{{n}} sur {{of}}',
  later: 'Continuer plus tard',
  leave: 'Quitter la visite',
  next: 'Suivant',
  finish: 'Terminer',
  leaveUnproven: 'Finir sans la preuve',
  step: {
    desk: {
      title: 'Marques et comptes',
      text: 'Chaque marque a son fuseau, son marché et les personnes qui décident, et possède ses comptes. Ici, vous connectez des comptes, en retenez un, définissez ses créneaux ou arrêtez une seule marque.',
    },
    compose: {
      title: 'Écrire une publication',
      text: 'Écrivez une fois, choisissez les comptes, dites quand : à une heure, ou chaque compte dans son prochain créneau libre. Ce que vous tapez est gardé en brouillon ; rien n’est programmé avant « Programmer ».',
    },
    calendar: {
      title: 'File d’attente et calendrier',
      text: 'La file liste chaque publication et en modifie beaucoup à la fois. Le calendrier montre les mêmes par mois, semaine et jour ; glissez-en une, ou déplacez-la avec les flèches.',
    },
    review: {
      title: 'Ce qui vous attend',
      text: 'Les publications manquées, retenues ou peut-être parties sans confirmation attendent dans « À revoir ». Aucune ne part d’elle-même : une personne décide, et rien n’est choisi d’avance.',
    },
    stop: {
      title: 'L’arrêt',
      text: 'Ce bouton fait taire d’un coup tous les comptes de toutes les marques. Il ne demande rien. La zone de notification, la ligne de commande et un raccourci font de même, chacun seul. Le retour est délibéré, marque par marque.',
    },
    proof: {
      title: 'Appuyez une fois sur le raccourci de l’arrêt',
      text: 'Un raccourci ne compte qu’après un vrai appui arrivé jusqu’ici : un autre programme peut le retenir, et seul un appui le montre.',
    },
  },
  proof: {
    proven: 'Fait : un vrai appui est arrivé le {{when}}. Il compte pour 30 jours.',
    stopped:
      'Tout est à l’arrêt maintenant, comme il se doit. Levez l’arrêt des marques depuis la barre du haut quand vous voudrez publier.',
    publishing:
      'La publication est en cours, et un appui arrête toujours vraiment : le raccourci n’est donc pas essayé maintenant. Cette étape reste ouverte : revenez avant de commencer à publier ou pendant un arrêt.',
    lost: 'Aucun raccourci n’est enregistré pour l’arrêt : un autre programme l’a pris. Le bouton rouge, la zone de notification et la ligne de commande agissent.',
    choose: 'En choisir un autre',
  },
};
