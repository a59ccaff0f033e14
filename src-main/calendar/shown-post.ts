import type { Post, PostState } from '../core/post.ts';
import { type Said, say } from './said.ts';

/** A post with the names around it, for what is written for people outside the app. */
export type ShownPost = {
  readonly post: Post;
  readonly brand: string;
  readonly account: string;
  readonly networkName: string;
  /** Scheduled, and a stop in force covers it. */
  readonly isHeldByStop: boolean;
};

const STATE_WORDS: Readonly<Record<PostState, Said>> = {
  scheduled: say('Scheduled', 'Programmée'),
  publishing: say('Publishing', 'En cours d’envoi'),
  published: say('Published', 'Publiée'),
  failed: say('Failed', 'Échouée'),
  held: say('Held', 'Retenue'),
  missed: say('Missed', 'Manquée'),
  canceled: say('Canceled', 'Annulée'),
  unconfirmed: say('Unconfirmed', 'Non confirmée'),
};
const HELD_BY_STOP = say('Kept back by the stop', 'Bloquée par l’arrêt');

export function stateWords({ post, isHeldByStop }: ShownPost): Said {
  return isHeldByStop ? HELD_BY_STOP : STATE_WORDS[post.state];
}
