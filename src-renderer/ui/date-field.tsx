import { DateInput } from '@mantine/dates';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './date-field.module.css';
import { parseTypedDate } from './when.ts';

/** A day as 'YYYY-MM-DD' ('' while there is none), typed or chosen in a calendar whose every button has a name. */
export function DateField(props: {
  label: string;
  value: string;
  onChange: (date: string) => void;
  /** 'YYYY-MM-DD': a day typed without its month or year is the next one from here. */
  today: string;
  width: number;
  icon?: ReactNode;
  clearable?: boolean;
  /** Inside another dropdown the calendar must not leave it: that would be a click outside. */
  isNested?: boolean;
}) {
  const { t } = useTranslation('queue');
  return (
    <DateInput
      label={props.label}
      placeholder={t('when.datePlaceholder')}
      w={props.width}
      classNames={{ day: styles.day ?? '' }}
      ariaLabels={{
        nextMonth: t('when.nextMonth'),
        previousMonth: t('when.previousMonth'),
        nextYear: t('when.nextYear'),
        previousYear: t('when.previousYear'),
        nextDecade: t('when.nextDecade'),
        previousDecade: t('when.previousDecade'),
      }}
      value={props.value === '' ? null : props.value}
      valueFormat="DD/MM/YYYY"
      dateParser={(text) => parseTypedDate(text, props.today)}
      allowDeselect
      leftSection={props.icon}
      {...(props.clearable && { clearable: true })}
      {...(props.isNested && { popoverProps: { withinPortal: false } })}
      onChange={(date) => props.onChange(date === null ? '' : date.slice(0, 10))}
    />
  );
}
