import type { ConnectorContext, HttpAnswer } from '../../core/connector.ts';
import {
  cleanDetail,
  type Failure,
  failureOfAnswer,
  type Refusals,
  record,
  retryAt,
} from '../shared/answer.ts';

/** For an answer that is not the API's own; the API itself says 200, even to a refusal. */
const statuses: Refusals = {
  signedOut: [401],
  refused: [400, 403, 404, 405, 406, 413, 414, 415, 422],
  tryLater: [429],
};

/** Refusals that Slack's reference gives for chat.postMessage and the methods of files, by what they are about. */
const OF_THE_ACCOUNT = [
  'access_denied',
  'account_inactive',
  'channel_not_found',
  'ekm_access_denied',
  'enterprise_is_restricted',
  'invalid_auth',
  'is_archived',
  'is_inactive',
  'messages_tab_disabled',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'not_in_channel',
  'org_login_required',
  'restricted_action',
  'restricted_action_non_threadable_channel',
  'restricted_action_read_only_channel',
  'restricted_action_thread_locked',
  'restricted_action_thread_only_channel',
  'team_access_not_granted',
  'team_not_found',
  'token_expired',
  'token_revoked',
  'two_factor_setup_required',
  'user_not_in_channel',
  'posting_to_general_channel_denied',
];
const OF_THE_POST = [
  'as_user_not_supported',
  'attachment_payload_limit_exceeded',
  'block_mismatch',
  'cannot_reply_to_message',
  'file_type_not_allowed',
  'file_update_failed',
  'file_upload_size_restricted',
  'file_uploads_disabled',
  'file_uploads_except_images_disabled',
  'invalid_arg_name',
  'invalid_arguments',
  'invalid_array_arg',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_charset',
  'invalid_form_data',
  'invalid_json',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'invalid_post_type',
  'json_not_object',
  'markdown_text_conflict',
  'message_limit_exceeded',
  'messages_limit_exceeded',
  'metadata_must_be_sent_from_app',
  'metadata_too_large',
  'missing_post_type',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'slack_connect_blocked_file_type',
  'slack_connect_canvas_sharing_blocked',
  'slack_connect_file_link_sharing_blocked',
  'slack_connect_file_upload_sharing_blocked',
  'storage_limit_reached',
  'too_many_attachments',
  'too_many_contact_cards',
  'unknown_snippet_type',
];
const FOR_NOW = ['accesslimited', 'rate_limited', 'ratelimited', 'team_added_to_org'];

/** Slack's word for what it did not do; null where the answer is none of the API's. */
export function errorIn(answer: HttpAnswer): string | null {
  const { ok, error } = record(answer.json);
  return ok === false && typeof error === 'string' ? error : null;
}

export const isYes = (answer: HttpAnswer) => answer.status === 200 && record(answer.json).ok === true;

/**
 * What the answer means when it is no yes. `fatal_error` and `internal_error` say of themselves that part of it may have been done, and
 * what is not listed may have been, too.
 */
export function failureOf(
  context: Pick<ConnectorContext, 'secrets' | 'signal' | 'now'>,
  answer: HttpAnswer,
): Failure {
  const error = errorIn(answer);
  if (error === null || answer.status >= 500) return failureOfAnswer(context, answer, statuses);
  const more = moreOf(answer);
  const detail = cleanDetail(context, more === '' ? error : `${error}: ${more}`);
  // A picture that was uploaded a moment ago may not have been looked at yet.
  const isEarly = error === 'invalid_blocks' && /slack.file/iu.test(more);
  if (isEarly || FOR_NOW.includes(error) || answer.status === 429) {
    return { kind: 'try-later', detail, notBefore: retryAt(answer, context.now()) };
  }
  if (OF_THE_ACCOUNT.includes(error)) return { kind: 'signed-out', detail };
  if (OF_THE_POST.includes(error)) return { kind: 'refused', detail };
  return { kind: 'unconfirmed', detail, refs: [] };
}

/** The same for what was to prepare a post: nothing is public, so nothing is unconfirmed. */
export function failureOfPreparing(
  context: Pick<ConnectorContext, 'secrets' | 'signal' | 'now'>,
  answer: HttpAnswer,
): Failure {
  const failure = failureOf(context, answer);
  if (failure.kind !== 'unconfirmed') return failure;
  return { kind: 'try-later', detail: failure.detail, notBefore: retryAt(answer, context.now()) };
}

/** Which scope is missing, or what is wrong with which field. */
function moreOf(answer: HttpAnswer): string {
  const { needed, errors, response_metadata: metadata } = record(answer.json);
  if (typeof needed === 'string') return needed;
  const { messages } = record(metadata);
  const [first] = [errors, messages].flatMap((list) => (Array.isArray(list) ? list : []));
  return typeof first === 'string' ? first : '';
}
