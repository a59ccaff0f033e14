import { Popover, UnstyledButton } from '@mantine/core';
import { IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { numberOf, useLanguage } from '../time.ts';
import { useCalendar } from './calendar-context.ts';
import { dateWords } from './calendar-days.ts';
import css from './grid.module.css';

const MOST_NAMED = 12;

/** Says quietly that brands or accounts which otherwise post say nothing on this day, and which. */
export function GapMark({ date, tabIndex }: { date: string; tabIndex: 0 | -1 }) {
  const { gapsOn } = useCalendar();
  const { t } = useTranslation('calendar');
  const language = useLanguage();
  const gaps = gapsOn(date);
  const [first] = gaps;
  if (first === undefined) return null;
  const words = t(first.kind === 'brand' ? 'gapBrands' : 'gapAccounts', {
    count: gaps.length,
    n: numberOf(gaps.length, language),
  });
  return (
    <Popover position="bottom-end" width={240} withRoles trapFocus>
      <Popover.Target>
        <UnstyledButton className={css.gap} tabIndex={tabIndex} title={words} aria-label={words}>
          <IconCircleDashed size={13} aria-hidden="true" />
          {numberOf(gaps.length, language)}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={words} tabIndex={-1} data-autofocus>
        <div className={css.gapWords}>{t('gapMeans', { day: dateWords(date, language, 'short') })}</div>
        <ul className={css.gapNames}>
          {gaps.slice(0, MOST_NAMED).map((gap) => (
            <li key={gap.id}>{gap.name}</li>
          ))}
          {gaps.length > MOST_NAMED ? (
            <li>{t('gapMore', { n: numberOf(gaps.length - MOST_NAMED, language) })}</li>
          ) : null}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
