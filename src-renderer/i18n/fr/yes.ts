import type { yes as english } from '../en/yes.ts';
import type { Texts } from '../texts.ts';

export const yes: Texts<typeof english> = {
  from: 'Attend l’accord de',
  fromBrand: 'Les publications attendent l’accord de',
  fromBrandHint:
    'Un nom, par exemple celui d’une personne qui décide. Les publications faites désormais, importées et récurrentes comprises, sont retenues jusqu’à son accord. Celles qui existent déjà restent comme elles sont.',
  fromHint: 'Vide : de personne, sauf si la marque en demande un.',
  byBrand: '{{brand}} demande l’accord de {{name}}.',
  scheduledWait_one: '{{n}} d’entre elles est retenue jusqu’à l’accord. Elle ne part pas sans lui.',
  scheduledWait_many: '{{n}} d’entre elles sont retenues jusqu’à l’accord. Elles ne partent pas sans lui.',
  scheduledWait_other: '{{n}} d’entre elles sont retenues jusqu’à l’accord. Elles ne partent pas sans lui.',
  allWait: 'Rien ne part avant l’accord.',
  filter: {
    waiting: 'Attendent un accord',
    label: 'Accord',
    any: 'Indifférent',
    refused: 'Refusé',
  },
  pane: {
    title: 'Accord',
    needed: 'Il faut l’accord de {{name}}.',
    answer: {
      yes: 'Accord de {{name}}, {{when}}',
      no: 'Refus de {{name}}, {{when}}',
      without: '{{name}} l’a laissée partir sans accord, {{when}}',
    },
    otherTime: 'pour une autre heure : {{when}}',
    read: 'lu {{when}} par {{name}}',
    readNobody: 'lu {{when}}',
    notProof: 'Une réponse note qui a dit oui. Ce n’est pas une signature et elle ne prouve rien.',
  },
  letGo: {
    action: 'Envoyer sans accord',
    title_one: 'Laisser partir {{n}} publication sans accord ?',
    title_many: 'Laisser partir {{n}} de publications sans accord ?',
    title_other: 'Laisser partir {{n}} publications sans accord ?',
    means_one:
      'Elle est programmée pour son heure, bien que {{names}} n’ait pas dit oui. Le journal garde qui en a décidé.',
    means_many:
      'Elles sont programmées pour leurs heures, bien que {{names}} n’ait pas dit oui. Le journal garde qui en a décidé.',
    means_other:
      'Elles sont programmées pour leurs heures, bien que {{names}} n’ait pas dit oui. Le journal garde qui en a décidé.',
    name: 'Votre nom',
    nameMissing: 'Saisissez votre nom.',
    confirm_one: 'Laisser partir {{n}} publication',
    confirm_many: 'Laisser partir {{n}} de publications',
    confirm_other: 'Laisser partir {{n}} publications',
    done_one: '{{n}} publication part sans accord.',
    done_many: '{{n}} de publications partent sans accord.',
    done_other: '{{n}} publications partent sans accord.',
  },
  require: {
    action: 'Demander un accord',
    title_one: 'Retenir {{n}} publication jusqu’à un accord ?',
    title_many: 'Retenir {{n}} de publications jusqu’à un accord ?',
    title_other: 'Retenir {{n}} publications jusqu’à un accord ?',
    means_one: 'Elle ne part que si cette seule personne dit oui avant son heure.',
    means_many: 'Elles ne partent que si cette seule personne dit oui avant leurs heures.',
    means_other: 'Elles ne partent que si cette seule personne dit oui avant leurs heures.',
    confirm_one: 'Retenir {{n}} publication',
    confirm_many: 'Retenir {{n}} de publications',
    confirm_other: 'Retenir {{n}} publications',
    nameMissing: 'Saisissez le nom d’une personne.',
    done_one: '{{n}} publication attend l’accord de {{name}}.',
    done_many: '{{n}} de publications attendent l’accord de {{name}}.',
    done_other: '{{n}} publications attendent l’accord de {{name}}.',
  },
  left_one: '{{n}} reste comme elle est : elle n’attend pas d’accord, ou son heure est passée.',
  left_many: '{{n}} restent comme elles sont : elles n’attendent pas d’accord, ou leur heure est passée.',
  left_other: '{{n}} restent comme elles sont : elles n’attendent pas d’accord, ou leur heure est passée.',
  leftRequire_one:
    '{{n}} reste comme elle est : seul ce qui est programmé pour plus tard peut attendre un accord.',
  leftRequire_many:
    '{{n}} restent comme elles sont : seul ce qui est programmé pour plus tard peut attendre un accord.',
  leftRequire_other:
    '{{n}} restent comme elles sont : seul ce qui est programmé pour plus tard peut attendre un accord.',
};
