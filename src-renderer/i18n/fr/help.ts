import type { help as english } from '../en/help.ts';
import type { Texts } from '../texts.ts';

export const help: Texts<typeof english> = {
  title: 'Aide',
  open: 'Aide',
  stopTitle: 'Ce que l’arrêt promet',
  stop: {
    once: 'Un seul appui arrête tout ce qui est programmé sur tous les comptes de toutes les marques. Rien ne demande confirmation ; une raison peut être ajoutée ensuite.',
    ways: 'Le raccourci, l’icône, le bouton rouge et la ligne de commande : chacun suffit seul, même quand cette fenêtre est bloquée.',
    stays:
      'Il reste après un redémarrage, un plantage, une mise à jour ou une sauvegarde restaurée. Aucune minuterie ne le lève.',
    escape:
      'Une publication dont les octets étaient déjà partis peut encore paraître. Au plus autant que la limite des réglages, chacune listée jusqu’à ce qu’elle soit réglée.',
    release:
      'Une levée demande deux étapes et un nom, ici dans la fenêtre, marque par marque. Ce qui est tombé entre-temps est manqué et attend dans À revoir ; rien ne part en retard de lui-même.',
  },
  wordsTitle: 'Les mots',
  words: {
    draft: { word: 'Brouillon', means: 'Ce qui est écrit, avant d’avoir des comptes et une heure.' },
    post: { word: 'Publication', means: 'Un brouillon pour un compte à une heure : une ligne de la file.' },
    hold: {
      word: 'Retenir',
      means: 'Une publication ou un compte mis de côté par une personne. Ce n’est pas l’arrêt.',
    },
    missed: { word: 'Manquée', means: 'Son heure est passée sans envoi. Elle ne part jamais d’elle-même.' },
    unconfirmed: {
      word: 'Non confirmée',
      means:
        'Elle a pu paraître. On la vérifie, ou une personne le dit ; elle n’est jamais renvoyée à l’aveugle.',
    },
    permit: {
      word: 'Permis',
      means: 'Le fichier dont la présence permet de publier. Le supprimer arrête tout.',
    },
    drill: { word: 'Exercice', means: 'Un arrêt répété sur une copie qui ne touche aucun réseau.' },
  },
  computerTitle: 'Cet ordinateur',
  computer:
    'Les publications partent d’ici, à leur heure. En veille, éteint ou hors ligne, il ne publie rien et ce qui tombe est manqué. Les réglages disent ce que demandent les prochaines heures.',
  licences: {
    title: 'Licences',
    words:
      'All Stop est fait avec le travail d’autres : des bibliothèques, les dictionnaires de l’orthographe, les noms des émojis. Chacun a sa licence, dans ses propres termes.',
    show: 'Afficher les licences',
  },
  keys: 'Raccourcis clavier',
  drill: 'Voir les exercices',
  accounts: 'Comptes',
  posts: 'Publications',
  accountQueue: 'File de {{name}}',
};
