import type { PlanLanguage } from '../../src-preload/plan-views.ts';
import { newKey, type PlanForm } from './plan-form.ts';

type Beginning = {
  readonly roles: readonly string[];
  readonly rules: readonly string[];
  readonly message: string;
  readonly steps: readonly string[];
};

/** What a brand may begin with, in the language it speaks, whatever the window speaks. No name in it is invented: none is in it. */
const BEGINNINGS: Readonly<Record<PlanLanguage, Beginning>> = {
  en: {
    roles: ['Decides for the brand', 'Decides when the first cannot be reached'],
    rules: [
      'No promotion, no humour, no emoji.',
      'Only what is confirmed by an official source; no guesses, no numbers of victims.',
      'No pictures of the event. No hashtag of the event on anything that sells.',
    ],
    message:
      'We have paused our posts out of respect for everyone affected. We will be back when the time is right.',
    steps: [
      'Call whoever decides, in the order above. Who is reached decides alone; nobody else has to approve.',
      'Switch off the other tools that can post on these accounts, and paid campaigns.',
      'Look at what went out in the last hour, and take down what does not fit.',
      'Publish the holding message, or decide to stay silent.',
      'Answer questions with the holding message only, and pass on what is serious.',
      'Tell the team and the client what was stopped, and when you will look again.',
    ],
  },
  fr: {
    roles: ['Décide pour la marque', 'Décide si la première personne est injoignable'],
    rules: [
      'Pas de promotion, pas d’humour, pas d’émoji.',
      'Seulement ce qu’une source officielle confirme ; pas de supposition, pas de nombre de victimes.',
      'Aucune image de l’événement. Pas de mot-dièse de l’événement sur ce qui vend.',
    ],
    message:
      'Par respect pour toutes les personnes touchées, nous suspendons nos publications. Nous reviendrons le moment venu.',
    steps: [
      'Appeler qui décide, dans l’ordre ci-dessus. La personne jointe décide seule ; nul autre n’a à valider.',
      'Couper les autres outils qui peuvent publier sur ces comptes, et les campagnes payantes.',
      'Relire ce qui est sorti depuis une heure et retirer ce qui ne convient pas.',
      'Publier le message d’attente, ou décider de se taire.',
      'Ne répondre aux questions qu’avec le message d’attente, et transmettre ce qui est grave.',
      'Dire à l’équipe et au client ce qui a été arrêté, et quand vous referez le point.',
    ],
  },
};

/** French written here with plain spaces gets those that never break a line. */
const spaced = (text: string) => text.replace(/ ([;?!])/gu, '\u202f$1');

export function startingPlan(brandId: number, language: PlanLanguage): PlanForm {
  const { roles, rules, message, steps } = BEGINNINGS[language];
  return {
    brandId,
    language,
    people: roles.map((role) => ({ key: newKey(), name: '', role, phone: '', email: '' })),
    rules: rules.map((text) => ({ key: newKey(), text: spaced(text) })),
    message,
    steps: steps.map((text) => ({ key: newKey(), text: spaced(text), who: '' })),
  };
}
