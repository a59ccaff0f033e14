import type { stop as english } from '../en/stop.ts';
import type { Texts } from '../texts.ts';

export const stop: Texts<typeof english> = {
  emergencyStop: 'Arrêt d’urgence',
  noAnswer: 'L’application n’a pas répondu.',
  state: {
    publishing: 'Publication en cours',
    stopped: 'Tout est arrêté',
    stopping: 'Arrêt en cours…',
    'not-confirmed': 'Arrêt non confirmé',
    'not-started': 'Pas commencé',
  },
};
