import { Button, Group, Stack, TextInput } from '@mantine/core';
import { IconCheck, IconSearch, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostView } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';
import { RefusalNotice } from '../ui/refusal-notice.tsx';

/** Settles a post that may be out: ask the network, or say in one click what became of it. */
export function Unconfirmed({ post }: { post: PostView }) {
  const { t } = useTranslation('queue');
  const networks = useRead('network.list', {});
  const lookUp = useAction('post.lookUp');
  const settle = useAction('post.settle');
  const [url, setUrl] = useState('');
  const canFind = networks.data?.find((one) => one.network === post.network)?.canFind ?? false;
  const isBusy = lookUp.isPending || settle.isPending;
  const say = (as: 'published' | 'missed') =>
    settle.mutate({
      postId: post.id,
      as,
      ...(as === 'published' && url.trim() !== '' && { url: url.trim() }),
    });
  return (
    <Stack gap="sm">
      {canFind ? (
        <Group gap="sm">
          <Button
            leftSection={<IconSearch size={16} aria-hidden="true" />}
            loading={lookUp.isPending}
            disabled={isBusy}
            onClick={() => lookUp.mutate({ postId: post.id })}
          >
            {t('unconfirmed.lookUp')}
          </Button>
          <span style={{ flex: 1 }}>{t('unconfirmed.lookUpHint')}</span>
        </Group>
      ) : (
        <span>{t('unconfirmed.cannotFind')}</span>
      )}
      {lookUp.data?.state === 'unconfirmed' ? (
        <span role="status">{t('unconfirmed.stillUnclear')}</span>
      ) : null}
      <TextInput
        label={t('unconfirmed.url')}
        placeholder="https://"
        value={url}
        maxLength={4_096}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconCheck size={16} aria-hidden="true" />}
          disabled={isBusy}
          onClick={() => say('published')}
        >
          {t('unconfirmed.isPublished')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconX size={16} aria-hidden="true" />}
          disabled={isBusy}
          onClick={() => say('missed')}
        >
          {t('unconfirmed.isNot')}
        </Button>
      </Group>
      <span style={{ fontSize: 12, color: 'var(--mantine-color-dimmed)' }}>
        {t('unconfirmed.consequence')}
      </span>
      <RefusalNotice error={lookUp.error ?? settle.error} />
    </Stack>
  );
}
