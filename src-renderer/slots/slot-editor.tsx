import { Button, Chip, Group } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SlotView } from '../../src-preload/slot-views.ts';
import { dayName } from '../queue/day-name.ts';
import { useLanguage } from '../time.ts';
import { WEEK, WEEKDAYS, withoutSlot, withSlots } from './slot-week.ts';
import css from './slots.module.css';

const TIME = /^\d\d:\d\d$/u;

/**
 * The week with its slots, each one click away from gone, and a line that adds one time to several days. `onTyped` hears which time is
 * typed and not added yet; '' for none.
 */
export function SlotEditor(props: {
  slots: readonly SlotView[];
  onChange: (slots: readonly SlotView[]) => void;
  onTyped: (time: string) => void;
}) {
  const { slots, onChange } = props;
  const { t } = useTranslation(['slots', 'queue']);
  const language = useLanguage();
  const [time, setTime] = useState('09:00');
  const [days, setDays] = useState<readonly number[]>(WEEKDAYS);
  const isReady = TIME.test(time) && days.length > 0;
  const add = () => {
    if (!isReady) return;
    onChange(withSlots(slots, days, time));
    props.onTyped('');
  };
  return (
    <>
      <table className={css.week} aria-label={t('week')}>
        <tbody>
          {WEEK.map((weekday) => {
            const mine = slots.filter((slot) => slot.weekday === weekday);
            const day = dayName(weekday, language, 'long');
            return (
              <tr key={weekday}>
                <th scope="row">{day}</th>
                <td>
                  {mine.length === 0 ? <span className={css.none}>{t('none')}</span> : null}
                  {mine.map((slot) => (
                    <button
                      key={slot.time}
                      type="button"
                      className={css.slot}
                      aria-label={t('remove', { day, time: slot.time })}
                      title={t('remove', { day, time: slot.time })}
                      onClick={() => onChange(withoutSlot(slots, slot))}
                    >
                      {slot.time}
                      <IconX size={13} aria-hidden="true" />
                    </button>
                  ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <fieldset className={css.add}>
        <legend>{t('addTitle')}</legend>
        <Group gap="sm" align="flex-end">
          <TimePicker
            data-autofocus
            label={t('time')}
            w={100}
            value={time}
            hoursInputLabel={t('queue:when.hours')}
            minutesInputLabel={t('queue:when.minutes')}
            onChange={(next) => {
              const typed = next.slice(0, 5);
              setTime(typed);
              if (typed !== time) props.onTyped(TIME.test(typed) ? typed : '');
            }}
          />
          <Chip.Group
            multiple
            value={days.map(String)}
            onChange={(chosen) => setDays(chosen.map(Number).sort())}
          >
            <Group gap={4} role="group" aria-label={t('days')}>
              {WEEK.map((day) => (
                <Chip key={day} size="xs" radius="sm" value={String(day)}>
                  {dayName(day, language, 'short')}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            disabled={!isReady}
            onClick={add}
          >
            {t('add')}
          </Button>
        </Group>
      </fieldset>
    </>
  );
}
