import { Button, CopyButton, Loader, SegmentedControl, Select, Stack, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Requests } from '../../src-preload/contract.ts';
import type { PostView } from '../../src-preload/views.ts';
import type { AskSaved } from '../../src-preload/yes-views.ts';
import { ask, useAction, useBridge, useRead } from '../api.ts';
import { dayTimeOf, localZone, numberOf, placeOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import { makeSmall } from './small-pictures.ts';
import css from './yes.module.css';

/** What can be asked for on one page: posts of one brand that wait for one person. */
type Choice = {
  readonly key: string;
  readonly brandId: number;
  readonly from: string;
  readonly posts: number;
  readonly firstAt: number;
  /** Named one by one; null for all of the brand. */
  readonly postIds: readonly number[] | null;
};

/** Writes the page, or the text, on which one person says yes or no to what waits for that person. */
export function AskDialog(props: {
  /** Those that were chosen; none for whatever waits. */
  posts: readonly PostView[];
  desk: DeskIndex;
  onClose: () => void;
}) {
  const { desk } = props;
  const { t } = useTranslation(['yes', 'common']);
  const language = useLanguage();
  const read = useRead('yes.read', {});
  const choices = useMemo(
    () => (props.posts.length > 0 ? choicesOf(props.posts) : allOf(read.data?.waiting ?? [])),
    [props.posts, read.data],
  );
  const [key, setKey] = useState<string | null>(null);
  const choice = choices.find((one) => one.key === key) ?? choices[0];
  const [typedLanguage, setLanguage] = useState<'en' | 'fr' | null>(null);
  const pageLanguage = typedLanguage ?? language;
  const bridge = useBridge();
  const save = useAction('yes.save');
  const [isDrawing, setIsDrawing] = useState(false);
  const text = useAction('yes.text');
  const [saved, setSaved] = useState<AskSaved | null>(null);
  const nameOf = (one: Choice) =>
    t('ask.choice', {
      brand: desk.brandById.get(one.brandId)?.name ?? '',
      name: one.from,
      count: one.posts,
      n: numberOf(one.posts, language),
    });
  const requestOf = (one: Choice): Requests['yes.save'] => ({
    target: one.postIds === null ? { brandId: one.brandId } : { postIds: [...one.postIds] },
    from: one.from,
    language: pageLanguage,
  });
  /** Pictures that are too large for the page are made small first; whatever goes wrong with that, the page is saved and names them. */
  const savePage = async (one: Choice) => {
    setIsDrawing(true);
    try {
      await makeSmall(bridge, await ask(bridge, 'yes.largePictures', requestOf(one)));
    } catch {
      // A refusal is that of saving, too, and said there.
    }
    setIsDrawing(false);
    save.mutate(requestOf(one), { onSuccess: setSaved });
  };
  const reset = () => {
    setSaved(null);
    save.reset();
    text.reset();
  };
  return (
    <Dialog
      opened
      width={620}
      title={t('ask.title')}
      onClose={props.onClose}
      footer={
        <>
          <Button variant="default" onClick={props.onClose}>
            {t(saved?.path ? 'common:close' : 'common:back')}
          </Button>
          {choice ? (
            <>
              <Button
                variant="default"
                loading={text.isPending}
                onClick={() => text.mutate(requestOf(choice))}
              >
                {t('ask.text')}
              </Button>
              <Button loading={save.isPending || isDrawing} onClick={() => void savePage(choice)}>
                {t('ask.save')}
              </Button>
            </>
          ) : null}
        </>
      }
    >
      <Stack gap="sm">
        {read.isPending ? <Loader size="sm" aria-label={t('common:loading')} /> : null}
        <RefusalNotice error={read.error} />
        {!read.isPending && !choice ? <Notice tone="calm">{t('ask.nobody')}</Notice> : null}
        {choice ? (
          <>
            <span>{t('ask.means', { name: choice.from })}</span>
            <Select
              label={t('ask.of')}
              data={choices.map((one) => ({ value: one.key, label: nameOf(one) }))}
              value={choice.key}
              allowDeselect={false}
              onChange={(next) => {
                setKey(next);
                reset();
              }}
            />
            <div>
              <div className={css.label}>{t('ask.language')}</div>
              <SegmentedControl
                aria-label={t('ask.language')}
                value={pageLanguage}
                data={[
                  { value: 'en', label: 'English' },
                  { value: 'fr', label: 'Français' },
                ]}
                onChange={(next) => {
                  setLanguage(next === 'fr' ? 'fr' : 'en');
                  reset();
                }}
              />
            </div>
            <FirstDue choice={choice} desk={desk} />
            <p className={css.quiet}>{t('ask.pictures')}</p>
            <p className={css.quiet}>{t('pane.notProof')}</p>
          </>
        ) : null}
        {saved?.path ? (
          <Notice tone="good">
            <span role="status">
              {t('ask.saved', { count: saved.posts, n: numberOf(saved.posts, language), path: saved.path })}
              {saved.pictures > 0
                ? ` ${t('ask.leftOut', { count: saved.pictures, n: numberOf(saved.pictures, language), names: saved.leftOut.join(', ') })}`
                : ''}
              {saved.left > 0
                ? ` ${t('ask.more', { count: saved.left, n: numberOf(saved.left, language) })}`
                : ''}
            </span>
          </Notice>
        ) : null}
        {text.data ? (
          <>
            <Textarea
              label={t('ask.textLabel')}
              readOnly
              autosize
              minRows={6}
              maxRows={12}
              value={text.data.text}
            />
            <div>
              <CopyButton value={text.data.text}>
                {({ copied, copy }) => (
                  <Button size="compact-sm" variant="default" onClick={copy}>
                    {t(copied ? 'ask.copied' : 'ask.copy')}
                  </Button>
                )}
              </CopyButton>
            </div>
            {text.data.left > 0 ? (
              <Notice tone="warn">
                {t('ask.more', { count: text.data.left, n: numberOf(text.data.left, language) })}
              </Notice>
            ) : null}
          </>
        ) : null}
        <RefusalNotice error={save.error ?? text.error} />
      </Stack>
    </Dialog>
  );
}

function FirstDue({ choice, desk }: { choice: Choice; desk: DeskIndex }) {
  const { t } = useTranslation('yes');
  const language = useLanguage();
  const zone = desk.brandById.get(choice.brandId)?.timeZone ?? localZone();
  return (
    <span>
      {t('ask.before', { when: `${dayTimeOf(choice.firstAt, language, zone)} (${placeOf(zone)})` })}
    </span>
  );
}

function allOf(
  waiting: readonly { brandId: number; from: string; posts: number; firstAt: number }[],
): readonly Choice[] {
  return waiting.map((line) => ({ ...line, key: `${line.brandId} ${line.from}`, postIds: null }));
}

function choicesOf(posts: readonly PostView[]): readonly Choice[] {
  const choices = new Map<string, Choice & { postIds: number[] }>();
  for (const post of posts) {
    if (post.reason !== 'needs-yes' || !post.yes) continue;
    const { from } = post.yes;
    const key = `${post.brandId} ${from}`;
    const known = choices.get(key);
    const postIds = known?.postIds ?? [];
    postIds.push(post.id);
    const firstAt = Math.min(known?.firstAt ?? post.publishAt, post.publishAt);
    choices.set(key, { key, brandId: post.brandId, from, posts: postIds.length, firstAt, postIds });
  }
  return [...choices.values()].sort((a, b) => a.firstAt - b.firstAt);
}
