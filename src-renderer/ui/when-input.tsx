import { Group, Loader, Radio, Stack, Text } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { IconCalendarTime } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dayOf, type Language, relativeOf, timeOf, useLanguage, useNow, zoneNameOf } from '../time.ts';
import { DateField } from './date-field.tsx';
import { Notice } from './notice.tsx';
import { type Resolved, todayIn, type When, whenOf } from './when.ts';
import { ZoneSelect } from './zone-select.tsx';

/**
 * Date, time and zone, each typed by keyboard, with what they mean said in words below. A wall time that does not exist or
 * exists twice is asked about here, with both choices and none of them taken.
 */
export function WhenInput(props: {
  value: When;
  onChange: (value: When) => void;
  resolved: Resolved;
  /** Zones offered first. */
  zones: readonly string[];
}) {
  const { value, onChange } = props;
  const { t } = useTranslation('queue');
  const today = todayIn(value.timeZone || 'UTC', Date.now());
  const set = (change: Partial<When>) => onChange({ ...value, at: null, ...change });
  return (
    <Stack gap="xs">
      <Group gap="sm" align="flex-end" wrap="wrap">
        <DateField
          label={t('when.date')}
          width={150}
          value={value.date}
          today={today}
          icon={<IconCalendarTime size={16} aria-hidden="true" />}
          onChange={(date) => set({ date })}
        />
        <TimePicker
          label={t('when.time')}
          w={110}
          value={value.time}
          hoursInputLabel={t('when.hours')}
          minutesInputLabel={t('when.minutes')}
          onChange={(time) => set({ time: time.slice(0, 5) })}
        />
        <ZoneSelect
          label={t('when.zone')}
          width={205}
          first={props.zones}
          value={value.timeZone}
          onChange={(timeZone) => set({ timeZone })}
        />
      </Group>
      <Meaning value={value} resolved={props.resolved} onChange={onChange} />
    </Stack>
  );
}

/** 'Europe/Paris, CET', and 'UTC' once only. */
function nameOfZone(at: number, language: Language, zone: string): string {
  const name = zoneNameOf(at, language, zone);
  return name === zone ? zone : `${zone}, ${name}`;
}

function Meaning(props: { value: When; resolved: Resolved; onChange: (value: When) => void }) {
  const { value, resolved } = props;
  const { t } = useTranslation('queue');
  const language = useLanguage();
  const now = useNow(20_000);
  const zone = value.timeZone;
  switch (resolved.kind) {
    case 'incomplete':
      return (
        <Text size="sm" c="dimmed">
          {t(zone === '' ? 'when.zoneMissing' : 'when.incomplete')}
        </Text>
      );
    case 'reading':
      return <Loader size="xs" aria-label={t('when.reading')} />;
    case 'invalid':
      return <Notice tone="bad">{resolved.message}</Notice>;
    case 'ready': {
      const isPast = resolved.at <= now;
      return (
        <>
          {resolved.question ? (
            <Question value={value} question={resolved.question} onChange={props.onChange} />
          ) : null}
          <Text size="sm" role="status" fw={isPast ? 600 : 400}>
            {t(isPast ? 'when.past' : 'when.means', {
              day: dayOf(resolved.at, language, zone),
              time: timeOf(resolved.at, language, zone),
              zone: nameOfZone(resolved.at, language, zone),
              relative: relativeOf(resolved.at, now, language),
            })}
          </Text>
        </>
      );
    }
    case 'ask':
      return <Question value={value} question={resolved.question} onChange={props.onChange} />;
  }
}

function Question(props: {
  value: When;
  question: Extract<Resolved, { kind: 'ask' }>['question'];
  onChange: (value: When) => void;
}) {
  const { value, question, onChange } = props;
  const { t } = useTranslation('queue');
  const language = useLanguage();
  const zone = value.timeZone;
  const name = (at: number) =>
    t('when.choice', {
      day: dayOf(at, language, zone),
      time: timeOf(at, language, zone),
      zone: zoneNameOf(at, language, zone),
    });
  const choices =
    question.kind === 'twice'
      ? [
          { at: question.first, label: t('when.first', { when: name(question.first) }), next: null },
          { at: question.second, label: t('when.second', { when: name(question.second) }), next: null },
        ]
      : [
          { at: question.before.at, label: name(question.before.at), next: question.before.localTime },
          { at: question.after.at, label: name(question.after.at), next: question.after.localTime },
        ];
  const choose = (text: string) => {
    const choice = choices.find((one) => String(one.at) === text);
    if (!choice) return;
    onChange(choice.next === null ? { ...value, at: choice.at } : whenOf(choice.next, zone));
  };
  return (
    <Notice tone="warn">
      <Radio.Group
        label={t(question.kind === 'gap' ? 'when.gapTitle' : 'when.twiceTitle', { time: value.time })}
        description={t(question.kind === 'gap' ? 'when.gap' : 'when.twice', { zone })}
        value={value.at === null ? '' : String(value.at)}
        onChange={choose}
      >
        <Stack gap={6} mt="xs">
          {choices.map((choice) => (
            <Radio key={choice.at} value={String(choice.at)} label={choice.label} />
          ))}
        </Stack>
      </Radio.Group>
    </Notice>
  );
}
