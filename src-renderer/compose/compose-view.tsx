import { Button, Tabs, TextInput } from '@mantine/core';
import { IconFilePlus, IconNotes } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftView } from '../../src-preload/views.ts';
import { ask, useAction, useBridge, useRead } from '../api.ts';
import { dayTimeOf, localZone, numberOf, useLanguage } from '../time.ts';
import { LabelsInput } from '../ui/labels-input.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import { useKept } from '../ui/use-kept.ts';
import { useCommandKey } from '../ui/use-window-keys.ts';
import { useOpenView, useRoute } from '../ui/view-route.ts';
import { useResolved, type When } from '../ui/when.ts';
import { AccountPicker } from './account-picker.tsx';
import { useTextAbout } from './aids/text-about.ts';
import { AltMissing } from './alt-missing.tsx';
import css from './compose.module.css';
import { DraftsDialog, excerptOf } from './drafts.tsx';
import { useFit } from './fit.ts';
import {
  contentOf,
  EMPTY_FORM,
  type Form,
  formOf,
  isEmpty,
  type Missing,
  missingOf,
  withZone,
  zonesOf,
} from './form.ts';
import { MediaField } from './media-field.tsx';
import { Preview } from './preview.tsx';
import { Problems } from './problems.tsx';
import { MissingWords, ScheduleBar } from './schedule-bar.tsx';
import { Scheduled, type ScheduledResult } from './scheduled.tsx';
import { StepBackNotice, useStepBack } from './step-back.tsx';
import { TextParts } from './text-parts.tsx';
import { useAutosave } from './use-autosave.ts';
import { useOpenSlot } from './use-open-slot.ts';
import { useSlotChoice } from './use-slot-choice.ts';
import { followersOf } from './variant-form.ts';
import { NoThreads, NotFollowing, Variants } from './variants.tsx';
import { VersionsButton } from './versions.tsx';
import { WhenField } from './when-field.tsx';
import { YesField } from './yes-field.tsx';

const NO_DRAFTS: readonly DraftView[] = [];

/** Writes one text for many accounts. What is typed is kept as a draft by itself; nothing but Schedule makes posts. */
export function ComposeView() {
  const { t } = useTranslation('compose');
  const bridge = useBridge();
  const desk = useDesk();
  const { params } = useRoute();
  const openView = useOpenView();
  const drafts = useRead('draft.list', {});
  const [kept, setForm] = useKept<Form>('compose', EMPTY_FORM);
  const zones = useMemo(() => zonesOf(kept.accountIds, desk.brands), [kept.accountIds, desk.brands]);
  const form = useMemo(() => withZone(kept, zones, localZone()), [kept, zones]);
  const [result, setResult] = useState<ScheduledResult | null>(null);
  const [missing, setMissing] = useState<readonly Missing[]>([]);
  const [isListing, setIsListing] = useState(false);
  const [opened, setOpened] = useState(0);
  const autosave = useAutosave(form, (draftId) =>
    setForm((now) => (now.draftId === null ? { ...now, draftId } : now)),
  );
  const typed = useResolved(form.when);
  const slots = useSlotChoice(form.accountIds);
  const resolved = slots.resolved ?? typed;
  const fit = useFit(form, desk);
  const chosenBrands = useMemo(() => {
    const chosen = new Set(form.accountIds);
    return desk.brands.filter((brand) => brand.accounts.some((one) => chosen.has(one.id)));
  }, [desk.brands, form.accountIds]);
  const own = useMemo(() => new Set(form.variants.flatMap((one) => one.accountIds)), [form.variants]);
  const sharing = useMemo(() => form.accountIds.filter((id) => !own.has(id)), [form.accountIds, own]);
  const about = useTextAbout({ accountIds: sharing, link: form.link, when: form.when }, desk);
  const schedule = useAction('post.schedule');
  const [yesFrom, setYesFrom] = useKept('compose-yes', '');

  const { reset: resetSchedule } = schedule;
  const change = useCallback(
    (part: Partial<Form> | ((now: Form) => Partial<Form>)) => {
      setMissing([]);
      resetSchedule();
      setForm((now) => ({ ...now, ...(typeof part === 'function' ? part(now) : part) }));
    },
    [setForm, resetSchedule],
  );
  const back = useStepBack(form, change, opened);
  const changeWhen = (when: When) =>
    change({ when, isZoneChosen: form.isZoneChosen || when.timeZone !== form.when.timeZone });
  const open = async (next: Form) => {
    const draftId = await autosave.save();
    // Once more for what was typed meanwhile. What could not be kept is not written over.
    await autosave.save();
    if (autosave.isDirty()) {
      setIsListing(false);
      return;
    }
    // A draft that was emptied by hand is not worth a line in the list.
    if (draftId !== null && draftId !== next.draftId && isEmpty(form)) {
      await ask(bridge, 'draft.remove', { draftId }).catch(() => undefined);
    }
    autosave.settle(next);
    setForm(next);
    setOpened((count) => count + 1);
    setResult(null);
    setMissing([]);
    schedule.reset();
    setIsListing(false);
    // A time that is kept with a draft, or was chosen, is meant.
    if (next.when.date !== '') slots.setOn(false);
  };

  const putBack = async (draft: DraftView) => {
    await autosave.save();
    // What could not be kept is not written over.
    if (autosave.isDirty()) return;
    change(formOf(draft));
    setOpened((count) => count + 1);
  };

  useOpenSlot(params, desk, (next) => {
    void open(next);
    openView('compose');
  });
  useOpenDraft(params.draftId, drafts.data, (draft) => {
    void open(formOf(draft));
    openView('compose');
  });

  const isUnderWay = useRef(false);
  const run = async () => {
    // A key that is held down is heard again and again: one press makes its posts once.
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    await scheduleOnce().finally(() => {
      isUnderWay.current = false;
    });
  };
  const scheduleOnce = async () => {
    const checked =
      form.accountIds.length === 0
        ? []
        : await ask(bridge, 'text.check', {
            accountIds: form.accountIds.slice(0, 1_000),
            ...contentOf(form),
          }).catch(() => []);
    const lacking = missingOf(form, resolved, checked, Date.now(), slots.isOn);
    setMissing(lacking);
    if (lacking.length > 0 || resolved.kind !== 'ready') return;
    const draftId = await autosave.save();
    const asked = {
      accountIds: [...form.accountIds],
      ...contentOf(form),
      ...resolved.wanted,
      ...slots.request,
    };
    await schedule
      .mutateAsync(
        { ...asked, ...(draftId !== null && { draftId }), ...(yesFrom.trim() !== '' && { yesFrom }) },
        {
          onError: slots.again,
          onSuccess: (value) => {
            autosave.settle(EMPTY_FORM);
            setForm(EMPTY_FORM);
            setResult({
              ...value,
              at: resolved.at,
              lastAt: slots.lastAt ?? resolved.at,
              zone: resolved.wanted.timeZone,
              accountIds: form.accountIds,
            });
            setYesFrom('');
          },
        },
      )
      // A refusal is shown from the action itself.
      .catch(() => undefined);
  };
  useCommandKey('schedule', () => void run());

  const others = (drafts.data ?? NO_DRAFTS).filter((draft) => draft.id !== form.draftId);
  const language = useLanguage();
  const actions = (
    <>
      <VersionsButton
        draftId={form.draftId}
        onOpen={autosave.save}
        onPutBack={(draft) => void putBack(draft)}
      />
      <Button
        variant="default"
        leftSection={<IconNotes size={16} aria-hidden="true" />}
        onClick={() => setIsListing(true)}
      >
        {t('drafts.button', { n: numberOf((drafts.data ?? NO_DRAFTS).length, language) })}
      </Button>
      <Button
        variant="default"
        leftSection={<IconFilePlus size={16} aria-hidden="true" />}
        disabled={isEmpty(form) && result === null}
        onClick={() => void open(EMPTY_FORM)}
      >
        {t('new')}
      </Button>
    </>
  );
  const list = isListing ? (
    <DraftsDialog
      drafts={drafts.data ?? NO_DRAFTS}
      currentId={form.draftId}
      onOpen={(draft) => void open(formOf(draft))}
      onRemoved={(draftId) => {
        if (draftId !== form.draftId) return;
        autosave.settle(EMPTY_FORM);
        setForm(EMPTY_FORM);
      }}
      onClose={() => setIsListing(false)}
    />
  ) : null;

  if (result !== null) {
    return (
      <Page title={t('title')} actions={actions}>
        <Scheduled result={result} onAnother={(accountIds) => void open({ ...EMPTY_FORM, accountIds })} />
        {list}
      </Page>
    );
  }
  return (
    <Page fills title={t('title')} actions={actions}>
      <div className={css.columns}>
        <div className={css.left}>
          <Unfinished form={form} others={others} onOpen={(draft) => void open(formOf(draft))} />
          <TextParts
            parts={form.parts}
            tightest={fit.tightest}
            about={about}
            thread={{ accountIds: followersOf(form), link: form.link.trim(), media: form.media }}
            onChange={(parts) => change({ parts })}
          />
          <NoThreads
            form={form}
            fits={fit.byAccount}
            desk={desk}
            onOnePart={(variants) => change({ variants })}
          />
          <NotFollowing form={form} desk={desk} />
          <div className={css.two}>
            <TextInput
              label={t('link')}
              placeholder="https://"
              value={form.link}
              maxLength={4_096}
              onChange={(event) => change({ link: event.currentTarget.value })}
            />
            <LabelsInput label={t('label')} value={form.label} onChange={(label) => change({ label })} />
          </div>
          <Variants
            key={`form ${String(opened)}`}
            form={form}
            desk={desk}
            tightestOn={fit.tightestOn}
            onChange={(next) => {
              setMissing([]);
              setForm((now) => ({ ...now, variants: next(now.variants) }));
            }}
          />
          <MediaField
            media={form.media}
            onAdd={(added) => {
              setMissing([]);
              setForm((now) =>
                now.media.some((one) => one.sha256 === added.sha256)
                  ? now
                  : { ...now, media: [...now.media, added] },
              );
            }}
            onChange={back.setMedia}
          />
          <WhenField
            when={form.when}
            onWhen={changeWhen}
            typed={typed}
            zones={zones}
            slots={slots}
            accountIds={form.accountIds}
            onAccounts={(accountIds) => change({ accountIds })}
            desk={desk}
          />
          {zones.length > 1 && !slots.isOn ? (
            <Notice tone="calm">{t('zones', { n: zones.length })}</Notice>
          ) : null}
          <YesField value={yesFrom} accountIds={form.accountIds} desk={desk} onChange={setYesFrom} />
          <Problems problems={fit.problems} desk={desk} />
          <RefusalNotice error={fit.error} />
        </div>
        <div className={css.right}>
          <Tabs defaultValue="accounts" className={css.tabs ?? ''} keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="accounts">{t('accounts.title')}</Tabs.Tab>
              <Tabs.Tab value="preview">{t('preview.title')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="accounts" className={css.panel ?? ''}>
              <AccountPicker
                brands={desk.brands}
                chosen={form.accountIds}
                fits={fit.byAccount}
                own={own}
                onChange={back.setAccounts}
              />
            </Tabs.Panel>
            <Tabs.Panel value="preview" className={css.panel ?? ''} tabIndex={0}>
              <Preview form={form} fits={fit.byAccount} desk={desk} />
            </Tabs.Panel>
          </Tabs>
        </div>
      </div>
      <div className={css.footNotice}>
        <StepBackNotice back={back} />
        <AltMissing media={form.media} />
        <MissingWords missing={missing} />
        <RefusalNotice error={schedule.error} />
      </div>
      <ScheduleBar
        form={form}
        resolved={resolved}
        lastAt={slots.lastAt}
        save={autosave.state}
        isRunning={schedule.isPending}
        brands={chosenBrands}
        onSchedule={() => void run()}
      />
      {list}
    </Page>
  );
}

/** Opens the draft a link names, once it has been read; each name only once. */
function useOpenDraft(
  wanted: string | undefined,
  drafts: readonly DraftView[] | undefined,
  open: (draft: DraftView) => void,
): void {
  const opened = useRef('');
  useEffect(() => {
    if (wanted === undefined || drafts === undefined || opened.current === wanted) return;
    const draft = drafts.find((one) => String(one.id) === wanted);
    if (!draft) return;
    opened.current = wanted;
    open(draft);
  }, [wanted, drafts, open]);
}

/** Offers what was being written before the window was closed, while the form is still empty. */
function Unfinished(props: { form: Form; others: readonly DraftView[]; onOpen: (draft: DraftView) => void }) {
  const { t } = useTranslation('compose');
  const language = useLanguage();
  const newest = [...props.others].sort((a, b) => b.changedAt - a.changedAt)[0];
  if (newest === undefined || !isEmpty(props.form)) return null;
  return (
    <Notice
      tone="calm"
      action={
        <Button size="compact-sm" variant="default" onClick={() => props.onOpen(newest)}>
          {t('drafts.open')}
        </Button>
      }
    >
      {t('drafts.unfinished', {
        text: excerptOf(newest, t('drafts.noText')),
        when: dayTimeOf(newest.changedAt, language, localZone()),
      })}
    </Notice>
  );
}
