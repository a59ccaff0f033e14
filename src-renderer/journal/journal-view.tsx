import { Button, CloseButton, Loader, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconHistory, IconRefresh, IconSearch, IconSearchOff, IconShieldCheck } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalLine } from '../../src-preload/views.ts';
import { useAction } from '../api.ts';
import { useSaidByMain } from '../main-words.ts';
import { localZone, numberOf, useLanguage } from '../time.ts';
import { Empty } from '../ui/empty.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import css from './journal.module.css';
import { LinePane } from './line-pane.tsx';
import { LineRow } from './line-row.tsx';
import { useJournalLines } from './use-journal-lines.ts';

const ROW_HEIGHT = 52;

/** Everything that was done, by whom and by which control, newest first; the chain can be checked. */
export function JournalView() {
  const { t } = useTranslation(['journal', 'common']);
  const language = useLanguage();
  const saidByMain = useSaidByMain();
  const desk = useDesk();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 300);
  const [seen, setSeen] = useState({ first: 0, last: 40 });
  const [open, setOpen] = useState<JournalLine | null>(null);
  const lines = useJournalLines(search, seen.first, seen.last);
  const verify = useAction('journal.verify');
  const scroller = useRef<HTMLDivElement>(null);
  const total = lines.total ?? 0;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    onChange: ({ range }) => {
      if (range && (range.startIndex !== seen.first || range.endIndex !== seen.last))
        setSeen({ first: range.startIndex, last: range.endIndex });
    },
  });
  return (
    <Page
      fills
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={16} aria-hidden="true" />}
          loading={verify.isPending}
          onClick={() => verify.mutate({})}
        >
          {t('verify')}
        </Button>
      }
      toolbar={
        <>
          <TextInput
            aria-label={t('search')}
            placeholder={t('search')}
            w={300}
            maxLength={200}
            value={typed}
            leftSection={<IconSearch size={16} aria-hidden="true" />}
            rightSection={
              typed === '' ? null : (
                <CloseButton size="sm" aria-label={t('clearSearch')} onClick={() => setTyped('')} />
              )
            }
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setSeen({ first: 0, last: 40 });
              scroller.current?.scrollTo({ top: 0 });
            }}
          />
          <span className={css.total} role="status">
            {lines.total === null
              ? ''
              : t('records', { count: total, n: numberOf(total, language), zone: localZone() })}
          </span>
          {lines.hasNew ? (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconRefresh size={15} aria-hidden="true" />}
              onClick={() => {
                lines.renew();
                scroller.current?.scrollTo({ top: 0 });
              }}
            >
              {t('showNew')}
            </Button>
          ) : null}
        </>
      }
    >
      <RefusalNotice error={lines.error ?? verify.error} onRetry={lines.renew} />
      {verify.data ? (
        <Notice
          tone={verify.data.isWhole ? 'good' : 'bad'}
          action={<CloseButton size="sm" aria-label={t('common:close')} onClick={() => verify.reset()} />}
        >
          <span role="status">
            {verify.data.isWhole
              ? t('whole', { count: verify.data.records, n: numberOf(verify.data.records, language) })
              : t('broken', {
                  line: numberOf(verify.data.brokenAt ?? 0, language),
                  problem: saidByMain(verify.data.problem),
                })}
          </span>
        </Notice>
      ) : null}
      {lines.total === null && lines.error === null ? (
        <Loader size="sm" aria-label={t('common:loading')} />
      ) : null}
      {lines.total === 0 ? (
        <Empty
          icon={search === '' ? IconHistory : IconSearchOff}
          title={t(search === '' ? 'empty' : 'notFound')}
        >
          {t(search === '' ? 'emptyWords' : 'notFoundWords')}
        </Empty>
      ) : null}
      <div ref={scroller} className={css.scroller} data-empty={total === 0 ? '' : undefined}>
        <ol className={css.list} aria-label={t('title')} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => (
            <li
              key={item.index}
              className={css.item}
              aria-setsize={total}
              aria-posinset={item.index + 1}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              <LineRow line={lines.lineAt(item.index)} desk={desk} onOpen={setOpen} />
            </li>
          ))}
        </ol>
      </div>
      {open ? <LinePane line={open} desk={desk} onClose={() => setOpen(null)} /> : null}
    </Page>
  );
}
