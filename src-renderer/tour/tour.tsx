import { Button, CloseButton } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useOpenView } from '../ui/view-route.ts';
import { ProofStep } from './proof-step.tsx';
import css from './tour.module.css';
import { TOUR } from './tour-steps.ts';
import { useTargetRect } from './use-target-rect.ts';

/**
 * Two minutes over the real window: what stands where, and at the end the stop's key pressed once for real. Nothing below is blocked, the bar
 * with the stop is never covered, and where a person left off is kept. It makes no data of its own.
 */
export function Tour({ isCovered, onClose }: { isCovered: boolean; onClose: () => void }) {
  const settings = useRead('settings.read', {}).data;
  return settings ? <Steps settings={settings} isCovered={isCovered} onClose={onClose} /> : null;
}

function Steps(props: { settings: SettingsView; isCovered: boolean; onClose: () => void }) {
  const { tour, shortcut } = props.settings;
  const { t } = useTranslation(['tour', 'common']);
  const language = useLanguage();
  const openView = useOpenView();
  const change = useAction('settings.change');
  const panel = useRef<HTMLDivElement>(null);
  const [titleId, textId] = [useId(), useId()];
  const [at, setAt] = useState(Math.min(tour.step, TOUR.length - 1));
  const step = TOUR[at] ?? TOUR[0];
  const view = step?.view ?? null;
  const isLast = at === TOUR.length - 1;
  const rect = useTargetRect(step?.target ?? 'nav');
  const go = (to: number) => {
    setAt(to);
    change.mutate({ tour: { ...tour, step: to } });
  };
  useEffect(() => {
    if (view !== null) openView(view);
  }, [view, openView]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step is read out when it comes
  useEffect(() => panel.current?.focus(), [at]);
  const isProven = isLast && shortcut.isRegistered && shortcut.provenAt !== null;
  const { mutate } = change;
  useEffect(() => {
    if (isProven && !tour.isDone) mutate({ tour: { step: at, isDone: true } });
  }, [isProven, tour.isDone, at, mutate]);
  if (!step) return null;
  return (
    <>
      {rect && !props.isCovered ? (
        <div
          className={css.ring}
          aria-hidden="true"
          style={{ top: rect.top - 5, left: rect.left - 5, width: rect.width + 10, height: rect.height + 10 }}
        />
      ) : null}
      <div
        ref={panel}
        role="dialog"
        aria-modal="false"
        aria-labelledby={titleId}
        aria-describedby={textId}
        tabIndex={-1}
        inert={props.isCovered}
        className={css.panel}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.defaultPrevented) return;
          event.stopPropagation();
          props.onClose();
        }}
      >
        <div className={css.head}>
          <h2 id={titleId}>{t(`step.${step.name}.title`)}</h2>
          <span className={css.count}>
            {t('count', { n: numberOf(at + 1, language), of: numberOf(TOUR.length, language) })}
          </span>
          <CloseButton size="sm" aria-label={t('leave')} onClick={props.onClose} />
        </div>
        <div className={css.body}>
          <p id={textId}>{t(`step.${step.name}.text`)}</p>
          {isLast ? (
            <ProofStep
              settings={props.settings}
              onSettings={() => {
                openView('settings');
                props.onClose();
              }}
            />
          ) : null}
          <RefusalNotice error={change.error} />
        </div>
        <div className={css.foot}>
          {isLast ? null : (
            <Button size="compact-sm" variant="subtle" onClick={props.onClose}>
              {t('later')}
            </Button>
          )}
          <span className={css.gap} />
          {at > 0 ? (
            <Button size="compact-sm" variant="default" onClick={() => go(at - 1)}>
              {t('common:back')}
            </Button>
          ) : null}
          {isLast ? (
            <Button
              size="compact-sm"
              variant={isProven ? 'filled' : 'default'}
              onClick={() => {
                // Begun anew, a finished tour starts at its first step.
                if (isProven) change.mutate({ tour: { step: 0, isDone: true } });
                props.onClose();
              }}
            >
              {t(isProven ? 'finish' : 'leaveUnproven')}
            </Button>
          ) : (
            <Button size="compact-sm" onClick={() => go(at + 1)}>
              {t('next')}
            </Button>
          )}
        </div>
      </div>
    </>
  );
}
