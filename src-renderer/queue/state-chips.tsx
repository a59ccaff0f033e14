import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Counts, PostState } from '../../src-preload/views.ts';
import { numberOf, useLanguage } from '../time.ts';
import css from './state-chips.module.css';

const ORDER: readonly PostState[] = [
  'scheduled',
  'publishing',
  'published',
  'failed',
  'held',
  'missed',
  'unconfirmed',
  'canceled',
];

/** One toggle per state, each with its count; several may be on, none means all. */
export function StateChips(props: {
  chosen: readonly PostState[];
  counts: Counts;
  heldByStop: number;
  onChange: (states: readonly PostState[]) => void;
}) {
  const { chosen, counts, onChange } = props;
  const { t } = useTranslation(['queue', 'common']);
  const language = useLanguage();
  const all = ORDER.reduce((sum, state) => sum + counts[state], 0);
  const toggle = (state: PostState) =>
    onChange(chosen.includes(state) ? chosen.filter((one) => one !== state) : [...chosen, state]);
  return (
    <fieldset className={css.chips} aria-label={t('filter.states')}>
      <UnstyledButton className={css.chip} aria-pressed={chosen.length === 0} onClick={() => onChange([])}>
        {t('filter.all')} <span className={css.count}>{numberOf(all, language)}</span>
      </UnstyledButton>
      {ORDER.map((state) => (
        <UnstyledButton
          key={state}
          className={css.chip}
          aria-pressed={chosen.includes(state)}
          onClick={() => toggle(state)}
        >
          {t(`common:postState.${state}`)}{' '}
          <span className={css.count}>{numberOf(counts[state], language)}</span>
          {state === 'scheduled' && props.heldByStop > 0 ? (
            <span className={css.stopped}>
              {t('filter.heldByStop', { n: numberOf(props.heldByStop, language) })}
            </span>
          ) : null}
        </UnstyledButton>
      ))}
    </fieldset>
  );
}
