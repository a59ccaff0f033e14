import {
  IconBan,
  IconCalendarTime,
  IconCheck,
  IconPencil,
  IconPlayerPlay,
  IconSearch,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PostView } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';
import type { BulkAction } from '../queue/bulk-actions.ts';
import { RowButton } from '../ui/row-button.tsx';
import { sayDone, sayRefused } from '../ui/toasts.ts';

export type RowActionProps = {
  post: PostView;
  onBulk: (action: BulkAction, posts: readonly PostView[]) => void;
  /** Asks whether posts go out without the yes they wait for. */
  onYes: (posts: readonly PostView[]) => void;
};

/** What can be decided about one post. Unconfirmed: what became of it. Otherwise: what shall become of it. */
export function RowActions({ post, onBulk, onYes }: RowActionProps) {
  const { t } = useTranslation(['review', 'yes']);
  if (post.state === 'unconfirmed') return <Settle post={post} />;
  return (
    <>
      {post.state === 'held' && (post.reason === 'needs-yes' || post.reason === 'said-no') ? (
        <RowButton icon={IconPlayerPlay} onPress={() => onYes([post])}>
          {t('yes:letGo.action')}
        </RowButton>
      ) : post.state === 'held' ? (
        <RowButton icon={IconPlayerPlay} onPress={() => onBulk('resume', [post])}>
          {t('action.resume')}
        </RowButton>
      ) : null}
      <RowButton icon={IconCalendarTime} onPress={() => onBulk('move', [post])}>
        {t('action.move')}
      </RowButton>
      <RowButton icon={IconPencil} onPress={() => onBulk('draft', [post])}>
        {t('action.draft')}
      </RowButton>
      <RowButton icon={IconBan} onPress={() => onBulk('cancel', [post])}>
        {t('action.cancel')}
      </RowButton>
    </>
  );
}

/** What became of an unconfirmed post: asked of its network, or said by a person in one click. */
export function Settle({ post }: { post: PostView }) {
  const { t } = useTranslation('review');
  const networks = useRead('network.list', {});
  const lookUp = useAction('post.lookUp');
  const settle = useAction('post.settle');
  const canFind = networks.data?.find((one) => one.network === post.network)?.canFind ?? false;
  const isBusy = lookUp.isPending || settle.isPending;
  const look = () =>
    lookUp.mutate(
      { postId: post.id },
      {
        onSuccess: (found) => {
          if (found.state === 'unconfirmed') sayRefused(t('lookUp.unclear', { account: post.account }));
          else
            sayDone(
              t(found.state === 'published' ? 'lookUp.published' : 'lookUp.absent', {
                account: post.account,
              }),
            );
        },
        onError: (error) => sayRefused(error.message),
      },
    );
  const say = (as: 'published' | 'missed') =>
    settle.mutate({ postId: post.id, as }, { onError: (error) => sayRefused(error.message) });
  return (
    <>
      {canFind ? (
        <RowButton icon={IconSearch} isDisabled={isBusy} onPress={look}>
          {t('action.lookUp')}
        </RowButton>
      ) : null}
      <RowButton icon={IconCheck} isDisabled={isBusy} onPress={() => say('published')}>
        {t('action.isPublished')}
      </RowButton>
      <RowButton icon={IconX} isDisabled={isBusy} onPress={() => say('missed')}>
        {t('action.isNot')}
      </RowButton>
    </>
  );
}
