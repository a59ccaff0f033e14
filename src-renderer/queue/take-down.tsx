import { Button, Group, Stack } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostView } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';

const OUTCOME_TONES = {
  removed: 'good',
  'already-gone': 'good',
  failed: 'bad',
  unsupported: 'warn',
} as const;

/** Takes what is public off its network again, after a second click; only where the network can. */
export function TakeDown({ post }: { post: PostView }) {
  const { t } = useTranslation(['queue', 'common']);
  const networks = useRead('network.list', {});
  const takeDown = useAction('post.takeDown');
  const [isAsking, setIsAsking] = useState(false);
  const network = networks.data?.find((one) => one.network === post.network);
  if (!network || post.refs.length === 0) return null;
  if (!network.canRemove) return <span>{t('takeDown.cannot', { network: network.name })}</span>;
  const answer = takeDown.data;
  return (
    <Stack gap="sm">
      {answer ? (
        <Notice tone={OUTCOME_TONES[answer.outcome]}>
          <span role="status">
            {t(`takeDown.${answer.outcome}`, { network: network.name })} {answer.detail}
          </span>
        </Notice>
      ) : null}
      <RefusalNotice error={takeDown.error} />
      {isAsking ? (
        <Notice
          tone="warn"
          action={
            <Group gap={6} wrap="nowrap">
              <Button size="compact-sm" variant="default" onClick={() => setIsAsking(false)}>
                {t('common:back')}
              </Button>
              <Button
                size="compact-sm"
                color="stop"
                loading={takeDown.isPending}
                onClick={() => takeDown.mutate({ postId: post.id }, { onSuccess: () => setIsAsking(false) })}
              >
                {t('takeDown.confirm')}
              </Button>
            </Group>
          }
        >
          {t('takeDown.question', { network: network.name })}
        </Notice>
      ) : answer?.outcome === 'removed' || answer?.outcome === 'already-gone' ? null : (
        <div>
          <Button
            variant="default"
            leftSection={<IconTrash size={16} aria-hidden="true" />}
            onClick={() => setIsAsking(true)}
          >
            {t('takeDown.button', { network: network.name })}
          </Button>
        </div>
      )}
    </Stack>
  );
}
