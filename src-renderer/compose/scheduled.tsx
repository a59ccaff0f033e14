import { Button, Group } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dayOf, dayTimeOf, numberOf, placedTimeOf, timeOf, useLanguage, zoneNameOf } from '../time.ts';
import { Empty } from '../ui/empty.tsx';
import { Notice } from '../ui/notice.tsx';
import { useOpenView } from '../ui/view-route.ts';

/** What became of the form when it was scheduled. */
export type ScheduledResult = {
  readonly postIds: readonly number[];
  /** The first and the last instant; the same where all go at once. */
  readonly at: number;
  readonly lastAt: number;
  readonly zone: string;
  readonly planWarning: string;
  /** So many of them wait for a yes. */
  readonly waiting: number;
  readonly accountIds: readonly number[];
};

export function Scheduled(props: {
  result: ScheduledResult;
  onAnother: (accountIds: readonly number[]) => void;
}) {
  const { result } = props;
  const { t } = useTranslation(['compose', 'slots', 'yes']);
  const language = useLanguage();
  const openView = useOpenView();
  const titleOf = (posts: number, waiting: number) => {
    const [all, waits] = [numberOf(posts, language), numberOf(waiting, language)];
    if (waiting === 0) return t('done.title', { count: posts, n: all });
    if (waiting >= posts) return t('done.held', { count: posts, n: all });
    return t('done.some', { n: numberOf(posts - waiting, language), waiting: waits });
  };
  const only = result.postIds.length === 1 ? result.postIds[0] : undefined;
  return (
    <div role="status">
      <Empty icon={IconCircleCheck} title={titleOf(result.postIds.length, result.waiting)}>
        {result.lastAt === result.at
          ? t('done.when', {
              day: dayOf(result.at, language, result.zone),
              time: timeOf(result.at, language, result.zone),
              zone: `${result.zone}, ${zoneNameOf(result.at, language, result.zone)}`,
            })
          : t('slots:fromTo', {
              first: dayTimeOf(result.at, language, result.zone),
              last: placedTimeOf(result.lastAt, language, result.zone),
            })}
      </Empty>
      <Group gap="sm" justify="center">
        <Button onClick={() => props.onAnother([])}>{t('done.another')}</Button>
        <Button variant="default" onClick={() => props.onAnother(result.accountIds)}>
          {t('done.sameAccounts')}
        </Button>
        <Button
          variant="default"
          onClick={() => openView('queue', only === undefined ? {} : { post: String(only) })}
        >
          {t('done.queue')}
        </Button>
      </Group>
      {result.waiting === 0 ? null : (
        <Group justify="center" mt="lg">
          <Notice tone="warn">
            {t('yes:scheduledWait', { count: result.waiting, n: numberOf(result.waiting, language) })}
          </Notice>
        </Group>
      )}
      {result.planWarning === '' ? null : (
        <Group justify="center" mt="lg">
          <Notice tone="warn">{result.planWarning}</Notice>
        </Group>
      )}
    </div>
  );
}
