import type { ConnectorContext, HttpAnswer } from '../../core/connector.ts';
import { type Failure, failureOfAnswer } from '../shared/answer.ts';
import { errorOf, isTokenRefused } from './xrpc.ts';

type Context = Pick<ConnectorContext, 'secrets' | 'signal' | 'now'>;

/** With the words of an XRPC server these have written nothing: the record is checked, and the account, before the repository is opened. */
const REFUSALS = { signedOut: [401, 403], refused: [400, 404, 405, 413, 415, 422, 501], tryLater: [429] };
/** Without them only a rate limit is a no. A proxy or a captive portal may have answered after the server did. */
const OF_A_STRANGER = { signedOut: [], refused: [], tryLater: [429] };

/** A token refused with 400 or 401: by a new session it may be mended, of a new session it is the end. */
const ENDED = { signedOut: [], refused: [], tryLater: [400, 401, 403, 429] };
const ENDED_FOR_GOOD = { signedOut: [400, 401, 403], refused: [], tryLater: [429] };

/**
 * What an answer to `createRecord` or `uploadBlob` means when it is no yes. A refused token is tried again once, as the next attempt makes
 * a new session. 500 is unconfirmed, and on a key that exists already it is what a server answers: `find` decides.
 */
export function failureOfWrite(context: Context, answer: HttpAnswer, attempt: number): Failure {
  if (!errorOf(answer)) return failureOfAnswer(context, answer, OF_A_STRANGER);
  if (!isTokenRefused(answer)) return failureOfAnswer(context, answer, REFUSALS);
  return failureOfAnswer(context, answer, attempt > 1 ? ENDED_FOR_GOOD : ENDED);
}
