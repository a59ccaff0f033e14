import { Button, Pagination, Skeleton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconInbox, IconPencil, IconRepeat, IconSearchOff } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { localZone, numberOf, useLanguage } from '../time.ts';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import { useKept } from '../ui/use-kept.ts';
import { useOpenView, useRoute } from '../ui/view-route.ts';
import { YesMenu } from '../yes/yes-menu.tsx';
import { type BulkAction, stepOf } from './bulk-actions.ts';
import { DoneNotice } from './done-notice.tsx';
import { FilterBar } from './filter-bar.tsx';
import { PostSteps, usePostSteps } from './post-steps.tsx';
import {
  accountsIn,
  countsIn,
  filterOfRoute,
  isFiltered,
  NO_FILTER,
  PAGE_SIZE,
  type QueueFilter,
  type QueueOrder,
  toRequest,
} from './queue-filter.ts';
import { QueueTable } from './queue-table.tsx';
import css from './queue-view.module.css';
import { RecurrencesDialog } from './recurrences-dialog.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { StateChips } from './state-chips.tsx';
import { UndoLast } from './undo-last.tsx';
import { useSelection } from './use-selection.ts';
import { useWaiting } from './use-waiting.ts';

const NO_POSTS: readonly PostView[] = [];

/** Every post there is: filtered, sorted, chosen in bulk, opened one by one. */
export function QueueView() {
  const { t } = useTranslation('queue');
  const language = useLanguage();
  const desk = useDesk();
  const { params } = useRoute();
  const openView = useOpenView();
  const [keptFilter, setFilter] = useKept<QueueFilter>('queue-filter', NO_FILTER);
  const [keptPage, setPageNumber] = useKept('queue-page', 1);
  // What the address asks for is shown at once, not after the filter of last time.
  const asked = useMemo(() => filterOfRoute(params), [params]);
  const [taken, setTaken] = useState<typeof asked>(null);
  const isAsked = asked !== null && asked !== taken;
  const filter = isAsked ? asked : keptFilter;
  const pageNumber = isAsked ? 1 : keptPage;
  const steps = usePostSteps();
  const { open, done, say, askYes } = steps;
  const [showsRecurring, setShowsRecurring] = useState(false);

  const change = useCallback(
    (next: QueueFilter) => {
      setFilter(next);
      setPageNumber(1);
    },
    [setFilter, setPageNumber],
  );
  useEffect(() => {
    if (asked !== null) change(asked);
    setTaken(asked);
    if (params.post !== undefined && Number(params.post) > 0) open(Number(params.post));
    if (params.yesStep === 'ask' || params.yesStep === 'read') {
      askYes(params.yesStep, NO_POSTS);
      // The same command must work again.
      openView('queue');
    }
  }, [asked, params, change, open, askYes, openView]);

  const order = useCallback(
    (next: QueueOrder) => {
      setFilter((now) => ({ ...now, order: next }));
      setPageNumber(1);
    },
    [setFilter, setPageNumber],
  );

  const zone = (filter.brandId === null ? null : desk.brandById.get(filter.brandId)?.timeZone) ?? localZone();
  const request = toRequest(filter, zone, (pageNumber - 1) * PAGE_SIZE, PAGE_SIZE);
  const read = useRead('queue.page', request, { keep: true });
  const posts = read.data?.posts ?? NO_POSTS;
  const total = read.data?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  useEffect(() => {
    if (read.data && !read.isPlaceholderData && pageNumber > pages) setPageNumber(pages);
  }, [read.data, read.isPlaceholderData, pageNumber, pages, setPageNumber]);

  const { order: _order, offset: _offset, limit: _limit, ...narrowed } = request;
  const selection = useSelection(posts, JSON.stringify(narrowed));
  const chosen = selection.isEverything ? total : selection.ids.size;
  const { counts, heldByStop } = countsIn(accountsIn(filter, desk.brands));
  const waiting = useWaiting(filter.brandId);
  const first = total === 0 ? 0 : (read.data?.offset ?? 0) + 1;
  const startChosen = (action: BulkAction) =>
    steps.start(
      selection.isEverything
        ? { action, target: { filter: narrowed }, count: total, posts }
        : stepOf(action, selection.posts),
    );
  useHotkeys([
    [
      'Delete',
      () => {
        if (chosen > 0 && steps.step === null && steps.openId === null) startChosen('cancel');
      },
    ],
  ]);

  return (
    <Page
      fills
      title={t('title')}
      actions={
        <>
          {done === null ? <UndoLast onUndone={say} /> : null}
          <YesMenu onStep={(step) => askYes(step, NO_POSTS)} />
          <Button
            variant="default"
            leftSection={<IconRepeat size={16} aria-hidden="true" />}
            onClick={() => setShowsRecurring(true)}
          >
            {t('recurrence.title')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden="true" />}
            onClick={() => openView('compose')}
          >
            {t('write')}
          </Button>
        </>
      }
      toolbar={
        <>
          <StateChips
            chosen={filter.states}
            counts={counts}
            heldByStop={heldByStop}
            waiting={waiting}
            isWaitingOnly={filter.yes === 'waiting'}
            onWaiting={(isOnly) =>
              change({ ...filter, states: NO_FILTER.states, yes: isOnly ? 'waiting' : '' })
            }
            onChange={(states) => change({ ...filter, states })}
          />
          <div className={css.filters}>
            <FilterBar filter={filter} desk={desk} zone={zone} onChange={change} />
          </div>
        </>
      }
    >
      {done ? <DoneNotice done={done} onClose={() => say(null)} onUndone={say} /> : null}
      <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />
      <SelectionBar
        chosen={chosen}
        total={total}
        from={first}
        to={total === 0 ? 0 : first + posts.length - 1}
        isEverything={selection.isEverything}
        order={filter.order}
        onOrder={order}
        onBulk={startChosen}
        onYes={(step) => askYes(step, selection.posts)}
        onAll={selection.chooseEverything}
        onNone={selection.clear}
      />
      {read.isPending ? (
        <Reading />
      ) : total === 0 && !read.error ? (
        <Nothing filter={filter} onClear={() => change(NO_FILTER)} onWrite={() => openView('compose')} />
      ) : (
        <QueueTable
          posts={posts}
          desk={desk}
          order={filter.order}
          onOrder={order}
          chosen={selection.ids}
          onChoose={selection.choose}
          onOpen={open}
        />
      )}
      <div className={css.foot}>
        <span className={css.hint}>{total > 0 ? t('selection.hint') : ''}</span>
        {pages > 1 ? (
          <Pagination
            size="sm"
            total={pages}
            value={pageNumber}
            withEdges
            onChange={setPageNumber}
            getControlProps={(control) => ({ 'aria-label': t(`pages.${control}`) })}
            getItemProps={(number) => ({ 'aria-label': t('pages.page', { n: numberOf(number, language) }) })}
          />
        ) : null}
      </div>
      {showsRecurring ? <RecurrencesDialog onClose={() => setShowsRecurring(false)} /> : null}
      <PostSteps steps={steps} desk={desk} onDone={selection.clear} />
    </Page>
  );
}

function Reading() {
  const { t } = useTranslation('common');
  return (
    <div className={css.reading} role="status" aria-label={t('loading')}>
      {Array.from({ length: 10 }, (_, index) => (
        <Skeleton key={String(index)} height={36} mt={10} radius="sm" />
      ))}
    </div>
  );
}

function Nothing(props: { filter: QueueFilter; onClear: () => void; onWrite: () => void }) {
  const { t } = useTranslation('queue');
  return isFiltered(props.filter) ? (
    <Empty
      icon={IconSearchOff}
      title={t('empty.filteredTitle')}
      action={<Button onClick={props.onClear}>{t('filter.clear')}</Button>}
    >
      {t('empty.filtered')}
    </Empty>
  ) : (
    <Empty
      icon={IconInbox}
      title={t('empty.title')}
      action={<Button onClick={props.onWrite}>{t('write')}</Button>}
    >
      {t('empty.words')}
    </Empty>
  );
}
