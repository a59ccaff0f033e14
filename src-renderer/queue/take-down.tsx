import { Button, Group, Stack } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostView } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';
import { localZone, placedTimeOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useNetworkName } from '../ui/use-network-name.ts';

const OUTCOME_TONES = {
  removed: 'good',
  'already-gone': 'good',
  failed: 'bad',
  unsupported: 'warn',
} as const;

/** When and by whom all of a post was taken down; null while any of it is, as far as is known, public. */
export function goneOf(post: PostView): { at: number; by: string } | null {
  const last = post.refs.at(-1)?.takenDown;
  return last && post.refs.every((ref) => ref.takenDown) ? last : null;
}

/** Takes what is public off its network again, after a second click; only where the network can. */
export function TakeDown({ post }: { post: PostView }) {
  const { t } = useTranslation(['queue', 'common']);
  const networks = useRead('network.list', {});
  const takeDown = useAction('post.takeDown');
  const [isAsking, setIsAsking] = useState(false);
  const language = useLanguage();
  const nameOf = useNetworkName();
  const network = networks.data?.find((one) => one.network === post.network);
  if (!network || post.refs.length === 0) return null;
  const name = nameOf(network.network, network.name);
  const gone = goneOf(post);
  if (gone) {
    const when = placedTimeOf(gone.at, language, localZone());
    return (
      <span>{gone.by ? t('takeDown.gone', { when, who: gone.by }) : t('takeDown.goneNobody', { when })}</span>
    );
  }
  if (!network.canRemove) return <span>{t('takeDown.cannot', { network: name })}</span>;
  const answer = takeDown.data;
  return (
    <Stack gap="sm">
      {answer ? (
        <Notice tone={OUTCOME_TONES[answer.outcome]}>
          <span role="status">
            {t(`takeDown.${answer.outcome}`, { network: name })} {answer.detail}
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
          {t('takeDown.question', { network: name })}
        </Notice>
      ) : answer?.outcome === 'removed' || answer?.outcome === 'already-gone' ? null : (
        <div>
          <Button
            variant="default"
            leftSection={<IconTrash size={16} aria-hidden="true" />}
            onClick={() => setIsAsking(true)}
          >
            {t('takeDown.button', { network: name })}
          </Button>
        </div>
      )}
    </Stack>
  );
}
