import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction, useRead } from '../api.ts';
import { numberOf, placedTimeOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Facts } from '../ui/facts.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import { usePublishing } from './publishing.ts';
import { useNextPost } from './use-next-post.ts';

const HOUR = 3_600_000;

/** The one question before the very first Start: what would follow. */
export function StartDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('stop');
  const { t: common } = useTranslation('common');
  const start = useAction('publishing.start');
  const { take } = usePublishing();
  const confirm = () =>
    start.mutate(
      {},
      {
        onSuccess: (view) => {
          take(view);
          onClose();
        },
      },
    );
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t('start.title')}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button
            onClick={confirm}
            loading={start.isPending}
            leftSection={<IconPlayerPlay size={16} aria-hidden="true" />}
          >
            {t('start.confirm')}
          </Button>
        </>
      }
    >
      <WhatFollows />
      <RefusalNotice error={start.error} />
    </Dialog>
  );
}

function WhatFollows() {
  const { t } = useTranslation('stop');
  const { t: common } = useTranslation('common');
  const language = useLanguage();
  const { view } = usePublishing();
  const from = useMemo(() => Date.now(), []);
  const hour = useRead('queue.page', {
    states: ['scheduled'],
    from,
    to: from + HOUR,
    order: 'soonest',
    offset: 0,
    limit: 1,
  }).data;
  const { post, isRead } = useNextPost();
  const { brandById } = useDesk();
  return (
    <>
      <p>{t('start.words')}</p>
      <Facts
        facts={[
          { name: t('start.scheduled'), value: numberOf(view?.counts.scheduled ?? 0, language) },
          { name: t('start.nextHour'), value: hour ? numberOf(hour.total, language) : '…' },
          {
            name: t('start.first'),
            value: post
              ? placedTimeOf(post.publishAt, language, brandById.get(post.brandId)?.timeZone ?? post.timeZone)
              : isRead
                ? common('none')
                : '…',
          },
        ]}
      />
      <p>{t('start.overdue')}</p>
    </>
  );
}
