import { Button } from '@mantine/core';
import {
  IconBan,
  IconCalendarTime,
  IconCopy,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconTag,
  IconTimelineEvent,
  IconUserShare,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PostState, PostView } from '../../src-preload/views.ts';
import { useAction } from '../api.ts';
import { sayRefused } from '../ui/toasts.ts';
import { useOpenView } from '../ui/view-route.ts';
import type { YesStep } from '../yes/yes-dialogs.tsx';
import { ACTIONS_OF, type BulkAction } from './bulk-actions.ts';

export const ACTION_ICONS = {
  hold: IconPlayerPause,
  resume: IconPlayerPlay,
  move: IconCalendarTime,
  shift: IconTimelineEvent,
  account: IconUserShare,
  labels: IconTag,
  draft: IconPencil,
  cancel: IconBan,
} as const;

export function hasActions(state: PostState): boolean {
  return state !== 'publishing' && state !== 'unconfirmed';
}

/** The buttons for what is legal from a post's state; each opens the preview of its effect. What is settled can be written anew. */
export function PostActions(props: {
  post: PostView;
  onBulk: (action: BulkAction) => void;
  onYes: (step: YesStep) => void;
}) {
  const { post } = props;
  const { t } = useTranslation(['queue', 'yes']);
  const openView = useOpenView();
  const save = useAction('draft.save');
  // What waits for a yes is not resumed like what a person held: see the dialog that takes its place.
  const waits = post.reason === 'needs-yes' || post.reason === 'said-no';
  const actions = ACTIONS_OF[post.state].filter((action) => !(waits && action === 'resume'));
  const isSettled = post.state === 'failed' || post.state === 'canceled' || post.state === 'published';
  const copy = () =>
    save.mutate(
      {
        accountIds: [post.accountId],
        parts: post.parts,
        link: post.link,
        media: post.media.map(({ sha256, altText }) => ({ sha256, altText })),
        label: post.label,
        localTime: '',
        timeZone: post.timeZone,
      },
      {
        onSuccess: (draft) => openView('compose', { draftId: String(draft.id) }),
        onError: (error) => sayRefused(error.message),
      },
    );
  if (isSettled) {
    return (
      <Button
        variant="default"
        leftSection={<IconCopy size={16} aria-hidden="true" />}
        loading={save.isPending}
        onClick={copy}
      >
        {t('action.copy')}
      </Button>
    );
  }
  return (
    <>
      {waits && post.state === 'held' ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} aria-hidden="true" />}
          onClick={() => props.onYes('letGo')}
        >
          {t('yes:letGo.action')}
        </Button>
      ) : null}
      {actions.map((action) => {
        const Icon = ACTION_ICONS[action];
        return (
          <Button
            key={action}
            variant="default"
            leftSection={<Icon size={16} aria-hidden="true" />}
            onClick={() => props.onBulk(action)}
          >
            {t(`action.${action}`)}
          </Button>
        );
      })}
    </>
  );
}
