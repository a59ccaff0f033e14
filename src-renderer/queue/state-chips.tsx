import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Counts, PostState } from '../../src-preload/views.ts';
import { numberOf, useLanguage } from '../time.ts';
import { isOpenOnly, OPEN_STATES, STATES } from './queue-filter.ts';
import css from './state-chips.module.css';

/** What is not yet settled, all there is, or the states that are toggled on, each with its count. */
export function StateChips(props: {
  chosen: readonly PostState[];
  counts: Counts;
  heldByStop: number;
  /** Posts that wait for a yes, and whether only they are shown. */
  waiting: number;
  isWaitingOnly: boolean;
  onWaiting: (isOnly: boolean) => void;
  onChange: (states: readonly PostState[]) => void;
}) {
  const { chosen, counts, onChange } = props;
  const { t } = useTranslation(['queue', 'yes']);
  const language = useLanguage();
  const sum = (states: readonly PostState[]) => states.reduce((all, state) => all + counts[state], 0);
  const isOpen = isOpenOnly(chosen);
  const single = isOpen ? [] : chosen;
  const toggle = (state: PostState) =>
    onChange(single.includes(state) ? single.filter((one) => one !== state) : [...single, state]);
  return (
    <fieldset className={css.chips} aria-label={t('filter.states')}>
      <UnstyledButton className={css.chip} aria-pressed={isOpen} onClick={() => onChange(OPEN_STATES)}>
        {t('filter.open')} <span className={css.count}>{numberOf(sum(OPEN_STATES), language)}</span>
      </UnstyledButton>
      <UnstyledButton className={css.chip} aria-pressed={chosen.length === 0} onClick={() => onChange([])}>
        {t('filter.all')} <span className={css.count}>{numberOf(sum(STATES), language)}</span>
      </UnstyledButton>
      <span className={css.bar} aria-hidden="true" />
      {STATES.map((state) => (
        <UnstyledButton
          key={state}
          className={css.chip}
          aria-pressed={single.includes(state)}
          onClick={() => toggle(state)}
        >
          {t(`filter.state.${state}`)} <span className={css.count}>{numberOf(counts[state], language)}</span>
          {state === 'scheduled' && props.heldByStop > 0 ? (
            <span className={css.stopped}>
              {t('filter.heldByStop', { n: numberOf(props.heldByStop, language) })}
            </span>
          ) : null}
        </UnstyledButton>
      ))}
      {props.waiting > 0 || props.isWaitingOnly ? (
        <UnstyledButton
          className={css.chip}
          aria-pressed={props.isWaitingOnly}
          onClick={() => props.onWaiting(!props.isWaitingOnly)}
        >
          {t('yes:filter.waiting')} <span className={css.count}>{numberOf(props.waiting, language)}</span>
        </UnstyledButton>
      ) : null}
    </fieldset>
  );
}
