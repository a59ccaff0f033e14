import { Button, CloseButton, Group } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MediaView } from '../../src-preload/views.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import { IS_MAC } from '../ui/shortcut-words.ts';
import type { Form } from './form.ts';

/** What was done to the form other than by typing, and how to take it back. */
type Step =
  | { readonly kind: 'media'; readonly gone: MediaView; readonly place: number }
  | { readonly kind: 'accounts'; readonly before: readonly number[]; readonly left: number };

const MOST_STEPS = 50;

/** A field with a text of its own keeps the browser's undo. */
function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'file'].includes(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || target.tagName === 'TEXTAREA');
}

/**
 * Takes back removed media and changed accounts, the last first: with Ctrl+Z outside text fields, and by a notice for what is easily done by
 * mistake. `turn` changes when another draft is opened: its steps are no longer of what is shown.
 */
export function useStepBack(
  form: Form,
  change: (part: Partial<Form> | ((now: Form) => Partial<Form>)) => void,
  turn: number,
) {
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const [isSaid, setIsSaid] = useState(false);
  const latest = useRef({ form, steps });
  latest.current = { form, steps };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn is what forgets the steps.
  useEffect(() => {
    setSteps([]);
    setIsSaid(false);
  }, [turn]);

  const keep = useCallback((step: Step, isNotable: boolean) => {
    setSteps((all) => [...all, step].slice(-MOST_STEPS));
    setIsSaid(isNotable);
  }, []);
  const setMedia = useCallback(
    (next: (now: readonly MediaView[]) => readonly MediaView[]) => {
      const { media: before } = latest.current.form;
      const media = next(before);
      const place = before.findIndex((one) => !media.some(({ sha256 }) => sha256 === one.sha256));
      const gone = before[place];
      if (gone && media.length < before.length) keep({ kind: 'media', gone, place }, true);
      change((now) => ({ media: next(now.media) }));
    },
    [change, keep],
  );
  const setAccounts = useCallback(
    (accountIds: readonly number[]) => {
      const before = latest.current.form.accountIds;
      const now = new Set(accountIds);
      const left = before.filter((id) => !now.has(id)).length;
      keep({ kind: 'accounts', before, left }, left > 1);
      change({ accountIds });
    },
    [change, keep],
  );
  const takeBack = useCallback(() => {
    const { form: now, steps: all } = latest.current;
    const step = all.at(-1);
    if (!step) return;
    setSteps(all.slice(0, -1));
    setIsSaid(false);
    if (step.kind === 'accounts') change({ accountIds: step.before });
    else if (!now.media.some(({ sha256 }) => sha256 === step.gone.sha256))
      change({ media: [...now.media.slice(0, step.place), step.gone, ...now.media.slice(step.place)] });
  }, [change]);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isUndo =
        (IS_MAC ? event.metaKey : event.ctrlKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      const isInDialog = event.target instanceof Element && event.target.closest('[role="dialog"]') !== null;
      if (!isUndo || event.defaultPrevented || isInDialog || isTextField(event.target)) return;
      event.preventDefault();
      takeBack();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [takeBack]);

  const said = isSaid ? (steps.at(-1) ?? null) : null;
  return { setMedia, setAccounts, said, takeBack, close: () => setIsSaid(false) };
}

/** Says what was just removed, with the way back. */
export function StepBackNotice({ back }: { back: ReturnType<typeof useStepBack> }) {
  const { t } = useTranslation(['aids', 'common']);
  const language = useLanguage();
  const { said } = back;
  if (!said) return null;
  return (
    <Notice
      tone="calm"
      action={
        <Group gap={4} wrap="nowrap">
          <Button size="compact-sm" variant="default" onClick={back.takeBack}>
            {t('common:undo')}
          </Button>
          <CloseButton size="sm" aria-label={t('common:close')} onClick={back.close} />
        </Group>
      }
    >
      <span role="status">
        {said.kind === 'media'
          ? t('aids:back.media', { name: said.gone.name })
          : t('aids:back.accounts', { count: said.left, n: numberOf(said.left, language) })}
      </span>
    </Notice>
  );
}
