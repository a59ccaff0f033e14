import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftVersionView, DraftView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { dayOf, exactTimeOf, type Language, localZone, numberOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Empty } from '../ui/empty.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { sayDone } from '../ui/toasts.ts';
import css from './drafts.module.css';
import { excerptOf } from './drafts.tsx';

const EXCERPT = 160;

/** The button and the list behind it: what a draft was, and a way back to it. `onOpen` keeps first what is typed now. */
export function VersionsButton(props: {
  draftId: number | null;
  onOpen: () => Promise<unknown>;
  onPutBack: (draft: DraftView) => void;
}) {
  const { draftId } = props;
  const { t } = useTranslation('adapt');
  const [isListing, setIsListing] = useState(false);
  if (draftId === null) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconHistory size={16} aria-hidden="true" />}
        onClick={() => void props.onOpen().then(() => setIsListing(true))}
      >
        {t('versions.button')}
      </Button>
      {isListing ? (
        <VersionsDialog
          draftId={draftId}
          onPutBack={(draft) => {
            setIsListing(false);
            props.onPutBack(draft);
          }}
          onClose={() => setIsListing(false)}
        />
      ) : null}
    </>
  );
}

function VersionsDialog(props: {
  draftId: number;
  onPutBack: (draft: DraftView) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('adapt');
  const language = useLanguage();
  const read = useRead('draft.versions', { draftId: props.draftId }, { fresh: true });
  const versions = read.data ?? [];
  return (
    <Dialog opened at="side" width={480} title={t('versions.title')} onClose={props.onClose}>
      <p className={css.facts}>{t('versions.explain')}</p>
      <RefusalNotice error={read.error} />
      {read.data?.length === 0 ? <Empty icon={IconHistory} title={t('versions.none')} /> : null}
      <ul className={css.list}>
        {versions.map((version, index) => (
          <VersionRow
            key={version.id}
            version={version}
            before={versions[index + 1]}
            isNow={index === 0}
            onPutBack={() => {
              props.onPutBack(version.draft);
              sayDone(t('versions.done', { when: momentOf(version.draft, language) }));
            }}
          />
        ))}
      </ul>
    </Dialog>
  );
}

function VersionRow(props: {
  version: DraftVersionView;
  before: DraftVersionView | undefined;
  isNow: boolean;
  onPutBack: () => void;
}) {
  const { draft } = props.version;
  const { t } = useTranslation(['adapt', 'compose', 'common']);
  const language = useLanguage();
  const when = momentOf(draft, language);
  const counted = (key: 'parts' | 'own' | 'media', count: number, least: number) =>
    count < least ? [] : [t(`versions.${key}`, { count, n: numberOf(count, language) })];
  const by = props.before && lengthOf(draft) - lengthOf(props.before.draft);
  const facts = [
    ...(by === undefined ? [] : [by === 0 ? t('versions.same') : changed(by)]),
    ...counted('parts', draft.parts.length, 2),
    ...counted('own', draft.variants.length, 1),
    ...counted('media', draft.media.length, 1),
    t('common:accounts', {
      count: draft.accountIds.length,
      n: numberOf(draft.accountIds.length, language),
    }),
  ];
  function changed(count: number): string {
    const n = Math.abs(count);
    return t(count > 0 ? 'versions.longer' : 'versions.shorter', { count: n, n: numberOf(n, language) });
  }
  const whole = [draft, ...draft.variants].map(({ parts }) => parts.join('\n\n')).join('\n\n· · ·\n\n');
  return (
    <li className={css.draft}>
      <div className={css.when}>
        <b>{when}</b>
        {props.isNow ? <span className={css.facts}>{t('versions.now')}</span> : null}
      </div>
      {whole.length > EXCERPT ? (
        <details>
          <summary className={css.text}>
            {excerptOf(draft, t('compose:drafts.noText'))}… <u>{t('versions.whole')}</u>
          </summary>
          <div className={css.whole}>{whole}</div>
        </details>
      ) : (
        <div className={css.text}>{excerptOf(draft, t('compose:drafts.noText'))}</div>
      )}
      <div className={css.facts}>{facts.join(' · ')}</div>
      {props.isNow ? null : (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('versions.putBackOf', { when })}
            onClick={props.onPutBack}
          >
            {t('versions.putBack')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** With seconds: pauses are closer together than minutes. */
function momentOf({ changedAt }: DraftView, language: Language): string {
  const zone = localZone();
  return `${dayOf(changedAt, language, zone)} ${exactTimeOf(changedAt, language, zone)}`;
}

function lengthOf(draft: DraftView): number {
  return [draft, ...draft.variants].flatMap(({ parts }) => parts).reduce((sum, part) => sum + part.length, 0);
}
