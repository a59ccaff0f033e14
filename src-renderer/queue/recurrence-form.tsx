import { Button, Checkbox, Group, NumberInput, Radio, Select, Stack } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Requests } from '../../src-preload/contract.ts';
import { useAction, useRead } from '../api.ts';
import { dayTimeOf, localZone, numberOf, useLanguage } from '../time.ts';
import { DateField } from '../ui/date-field.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import { todayIn } from '../ui/when.ts';
import { ZoneSelect } from '../ui/zone-select.tsx';
import { ClockQuestion } from './clock-question.tsx';
import { dayName } from './day-name.ts';

type Asked = Requests['recurrence.create'];
type Kind = Asked['rule']['kind'];

const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** A rule for a draft: which days, at what time, until when; says what it makes before it is made. */
export function RecurrenceForm(props: { onBack: () => void; onMade: (posts: number) => void }) {
  const { t } = useTranslation(['queue', 'common']);
  const language = useLanguage();
  const desk = useDesk();
  const drafts = useRead('draft.list', {});
  const [draftId, setDraftId] = useState<number | null>(null);
  const [kind, setKind] = useState<Kind>('week');
  const [days, setDays] = useState<string[]>(['1']);
  const [day, setDay] = useState<number | string>(1);
  const [time, setTime] = useState('09:00');
  const [timeZone, setTimeZone] = useState(localZone);
  const [from, setFrom] = useState(() => todayIn(localZone(), Date.now()));
  const [until, setUntil] = useState('');
  const [most, setMost] = useState<number | string>('');
  const [gap, setGap] = useState<Asked['gap'] | ''>('');
  const [twice, setTwice] = useState<Asked['twice'] | ''>('');
  const create = useAction('recurrence.create');

  /** The zone of its brand is meant until another is chosen. */
  const chooseDraft = (id: number | null) => {
    setDraftId(id);
    const account = drafts.data?.find((draft) => draft.id === id)?.accountIds[0];
    const brandId = desk.accountById.get(account ?? 0)?.brandId;
    const zone = desk.brandById.get(brandId ?? 0)?.timeZone;
    if (zone !== undefined) setTimeZone(zone);
  };

  const isDay = typeof day === 'number' && Number.isInteger(day) && day >= 1 && day <= 31;
  const isMost = most === '' || (typeof most === 'number' && Number.isInteger(most) && most >= 1);
  const isWhole =
    draftId !== null &&
    time.length === 5 &&
    timeZone !== '' &&
    from !== '' &&
    isMost &&
    (kind !== 'week' || days.length > 0) &&
    (kind !== 'month' || isDay);
  const asked: Asked = {
    draftId: draftId ?? 1,
    rule:
      kind === 'week'
        ? { kind, days: days.map(Number).sort() }
        : kind === 'month'
          ? { kind, day: Number(day) || 1 }
          : { kind },
    time,
    timeZone,
    from: from || '2000-01-01',
    until: until === '' ? null : until,
    most: typeof most === 'number' && isMost ? most : null,
    gap: gap === '' ? 'skip' : gap,
    twice: twice === '' ? 'first' : twice,
  };
  const preview = useRead('recurrence.preview', asked, { enabled: isWhole, fresh: true, keep: true });
  const seen = isWhole ? preview.data : undefined;
  const isAnswered =
    seen !== undefined && (seen.gap === 0 || gap !== '') && (seen.twice === 0 || twice !== '');
  const n = (value: number) => numberOf(value, language);
  const now = Date.now();
  return (
    <Stack gap="sm">
      <Select
        label={t('recurrence.draft')}
        description={t('recurrence.draftHint')}
        placeholder={t('recurrence.chooseDraft')}
        nothingFoundMessage={t('recurrence.noDraft')}
        searchable
        data={(drafts.data ?? []).map((draft) => ({
          value: String(draft.id),
          label: `${(draft.parts[0] ?? '').replace(/\s+/gu, ' ').slice(0, 60) || t('table.noText')} (${t('common:accounts', { count: draft.accountIds.length, n: n(draft.accountIds.length) })})`,
        }))}
        value={draftId === null ? null : String(draftId)}
        onChange={(id) => chooseDraft(id === null ? null : Number(id))}
      />
      <Radio.Group
        label={t('recurrence.rule.label')}
        value={kind}
        onChange={(value) => setKind(value as Kind)}
      >
        <Group gap="lg" mt={6}>
          {(['day', 'week', 'month'] as const).map((one) => (
            <Radio key={one} value={one} label={t(`recurrence.rule.${one}`)} />
          ))}
        </Group>
      </Radio.Group>
      {kind === 'week' ? (
        <Checkbox.Group
          label={t('recurrence.rule.days')}
          value={days}
          error={days.length === 0 ? t('recurrence.rule.noDays') : null}
          onChange={setDays}
        >
          <Group gap="sm" mt={6}>
            {WEEK.map((one) => (
              <Checkbox key={one} value={String(one)} label={dayName(one, language, 'short')} />
            ))}
          </Group>
        </Checkbox.Group>
      ) : null}
      {kind === 'month' ? (
        <NumberInput
          label={t('recurrence.rule.dayOfMonth')}
          description={t('recurrence.rule.dayHint')}
          w={260}
          min={1}
          max={31}
          clampBehavior="none"
          allowDecimal={false}
          error={isDay ? null : t('recurrence.rule.dayWrong')}
          value={day}
          onChange={setDay}
        />
      ) : null}
      <Group gap="sm" align="flex-end">
        <TimePicker
          label={t('when.time')}
          w={110}
          value={time}
          hoursInputLabel={t('when.hours')}
          minutesInputLabel={t('when.minutes')}
          onChange={(value) => setTime(value.slice(0, 5))}
        />
        <ZoneSelect label={t('when.zone')} width={205} first={[]} value={timeZone} onChange={setTimeZone} />
      </Group>
      <Group gap="sm" align="flex-end">
        <DateField
          label={t('recurrence.from')}
          width={150}
          value={from}
          today={todayIn(timeZone || 'UTC', now)}
          onChange={setFrom}
        />
        <DateField
          label={t('recurrence.until')}
          width={150}
          clearable
          value={until}
          today={todayIn(timeZone || 'UTC', now)}
          onChange={setUntil}
        />
        <NumberInput
          label={t('recurrence.most')}
          w={150}
          min={1}
          max={10_000}
          allowDecimal={false}
          value={most}
          onChange={setMost}
        />
      </Group>
      {seen && seen.gap > 0 ? (
        <ClockQuestion
          label={t('recurrence.gap', { count: seen.gap, n: n(seen.gap) })}
          choices={[
            { value: 'before', label: t('bulk.clock.before') },
            { value: 'after', label: t('bulk.clock.after') },
            { value: 'skip', label: t('recurrence.skip') },
          ]}
          value={gap}
          onChange={setGap}
        />
      ) : null}
      {seen && seen.twice > 0 ? (
        <ClockQuestion
          label={t('recurrence.twice', { count: seen.twice, n: n(seen.twice) })}
          choices={[
            { value: 'first', label: t('bulk.clock.first') },
            { value: 'second', label: t('bulk.clock.second') },
          ]}
          value={twice}
          onChange={setTwice}
        />
      ) : null}
      {seen ? (
        <div role="status">
          {t('recurrence.makes', { count: seen.posts, n: n(seen.posts) })}{' '}
          {t('recurrence.nextTimes', {
            times: seen.next.map((at) => dayTimeOf(at, language, timeZone)).join('; '),
          })}
        </div>
      ) : null}
      {seen && seen.stopped > 0 ? (
        <Notice tone="warn">{t('recurrence.stopped', { count: seen.stopped, n: n(seen.stopped) })}</Notice>
      ) : null}
      <Notice tone="calm">{t('recurrence.duplicates')}</Notice>
      <RefusalNotice error={create.error ?? (isWhole ? preview.error : null)} />
      <Group gap="sm">
        <Button variant="default" onClick={props.onBack}>
          {t('common:back')}
        </Button>
        <Button
          disabled={!isWhole || !isAnswered || preview.isFetching}
          loading={create.isPending}
          onClick={() => create.mutate(asked, { onSuccess: ({ made }) => props.onMade(made) })}
        >
          {t('recurrence.create')}
        </Button>
      </Group>
    </Stack>
  );
}
