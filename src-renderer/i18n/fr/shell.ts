import type { shell as english } from '../en/shell.ts';
import type { Texts } from '../texts.ts';

export const shell: Texts<typeof english> = {
  nav: {
    label: 'Vues',
    desk: 'Bureau',
    queue: 'File d’attente',
    compose: 'Rédiger',
    import: 'Importer',
    review: 'À revoir',
    journal: 'Journal',
    settings: 'Réglages',
    stop: 'Salle d’arrêt',
    waiting_one: '{{n}} publication attend une décision',
    waiting_many: '{{n}} de publications attendent une décision',
    waiting_other: '{{n}} publications attendent une décision',
  },
};
