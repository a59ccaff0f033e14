import { IconCheck, IconCircle, IconCircleDot } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DrillStep } from '../../src-preload/views.ts';
import styles from './drill.module.css';
import { STEPS } from './use-drill.ts';

const ICONS = { done: IconCheck, now: IconCircleDot, later: IconCircle } as const;

/** What a drill does, one line a step, with the one under way marked in words, by a sign and by weight. */
export function DrillSteps({ step }: { step: DrillStep }) {
  const { t } = useTranslation('drill');
  const at = STEPS.indexOf(step);
  return (
    <ol className={styles.steps}>
      {STEPS.map((one, index) => {
        const state = index < at ? 'done' : index === at ? 'now' : 'later';
        const Icon = ICONS[state];
        return (
          <li key={one} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
            <Icon size={16} aria-hidden="true" />
            <span>{t(`step.${one}`)}</span>
            <small>{t(`stepState.${state}`)}</small>
          </li>
        );
      })}
    </ol>
  );
}
