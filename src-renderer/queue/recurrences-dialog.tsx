import { Button, Group, Loader, Stack } from '@mantine/core';
import { IconPlus, IconRepeat } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecurrenceRuleView, RecurrenceView } from '../../src-preload/recurrence-views.ts';
import { useAction, useRead } from '../api.ts';
import { dayTimeOf, type Language, numberOf, placeOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Empty } from '../ui/empty.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { dayName } from './day-name.ts';
import { RecurrenceForm } from './recurrence-form.tsx';
import css from './recurrences.module.css';

/** What is said again and again, with its next times, the means to end it, and a form for another. */
export function RecurrencesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('queue');
  const read = useRead('recurrence.list', {}, { fresh: true });
  const [isAdding, setIsAdding] = useState(false);
  const [made, setMade] = useState<number | null>(null);
  const language = useLanguage();
  return (
    <Dialog
      opened
      at="side"
      width={600}
      title={t(isAdding ? 'recurrence.add' : 'recurrence.title')}
      onClose={onClose}
    >
      {isAdding ? (
        <RecurrenceForm
          onBack={() => setIsAdding(false)}
          onMade={(posts) => {
            setMade(posts);
            setIsAdding(false);
          }}
        />
      ) : (
        <Stack gap="md">
          <span>{t('recurrence.lead')}</span>
          {made !== null ? (
            <Notice tone="good">
              <span role="status">{t('recurrence.made', { count: made, n: numberOf(made, language) })}</span>
            </Notice>
          ) : null}
          <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />
          {read.isPending ? <Loader size="sm" aria-label={t('recurrence.title')} /> : null}
          {read.data?.length === 0 ? (
            <Empty icon={IconRepeat} title={t('recurrence.none')}>
              {t('recurrence.noneMore')}
            </Empty>
          ) : null}
          {read.data?.map((one) => (
            <Recurrence key={one.id} recurrence={one} />
          ))}
          <div>
            <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setIsAdding(true)}>
              {t('recurrence.add')}
            </Button>
          </div>
        </Stack>
      )}
    </Dialog>
  );
}

function Recurrence({ recurrence }: { recurrence: RecurrenceView }) {
  const { t } = useTranslation(['queue', 'common']);
  const language = useLanguage();
  const wordsOf = useRuleWords();
  const end = useAction('recurrence.end');
  const [isAsking, setIsAsking] = useState(false);
  const n = numberOf(recurrence.postsToCome, language);
  const stopped = recurrence.accounts.filter(({ isStopped }) => isStopped).length;
  const endWith = (posts: 'cancel' | 'keep') => end.mutate({ recurrenceId: recurrence.id, posts });
  return (
    <section className={css.one} aria-label={recurrence.text.slice(0, 80)}>
      <b className={css.text}>{recurrence.text}</b>
      <span>
        {wordsOf(recurrence.rule, language)} · {recurrence.time} ({placeOf(recurrence.timeZone)})
        {recurrence.until ? ` · ${t('recurrence.untilDate', { date: recurrence.until })}` : ''}
        {recurrence.most ? ` · ${t('recurrence.times', { count: recurrence.most })}` : ''}
      </span>
      <span className={css.quiet}>
        {recurrence.accounts.map(({ brand, name }) => `${brand} · ${name}`).join(', ')}
      </span>
      <span>
        {t('recurrence.toCome', { count: recurrence.postsToCome, n })}
        {recurrence.next.length > 0
          ? ` ${recurrence.next.map((at) => dayTimeOf(at, language, recurrence.timeZone)).join('; ')}`
          : ''}
      </span>
      {stopped > 0 ? (
        <Notice tone="warn">
          {t('recurrence.stopped', { count: stopped, n: numberOf(stopped, language) })}
        </Notice>
      ) : null}
      {recurrence.isOver ? <span className={css.quiet}>{t('recurrence.over')}</span> : null}
      {isAsking ? (
        <Notice tone="warn">
          <Stack gap={8}>
            {t('recurrence.endQuestion', { count: recurrence.postsToCome, n })}
            <Group gap={8}>
              <Button size="compact-sm" variant="default" onClick={() => setIsAsking(false)}>
                {t('common:back')}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                loading={end.isPending}
                onClick={() => endWith('keep')}
              >
                {t('recurrence.endKeep')}
              </Button>
              <Button
                size="compact-sm"
                color="stop"
                loading={end.isPending}
                onClick={() => endWith('cancel')}
              >
                {t('recurrence.endCancel')}
              </Button>
            </Group>
          </Stack>
        </Notice>
      ) : (
        <div>
          <Button size="compact-sm" variant="default" onClick={() => setIsAsking(true)}>
            {t('recurrence.end')}
          </Button>
        </div>
      )}
      <RefusalNotice error={end.error} />
    </section>
  );
}

/** 'Every day', 'Every Mon, Thu', 'Monthly on the 31st day'. */
function useRuleWords(): (rule: RecurrenceRuleView, language: Language) => string {
  const { t } = useTranslation('queue');
  return (rule, language) => {
    switch (rule.kind) {
      case 'day':
        return t('recurrence.rule.day');
      case 'week':
        return t('recurrence.rule.weekOn', {
          days: [...rule.days]
            .sort()
            .map((day) => dayName(day, language, 'short'))
            .join(', '),
        });
      case 'month':
        return t('recurrence.rule.monthOn', { day: rule.day });
    }
  };
}
