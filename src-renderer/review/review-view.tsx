import { Loader, Pagination, Tabs } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { type BulkAction, stepOf } from '../queue/bulk-actions.ts';
import { DoneNotice } from '../queue/done-notice.tsx';
import { PostSteps, usePostSteps } from '../queue/post-steps.tsx';
import { useSelection } from '../queue/use-selection.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Empty } from '../ui/empty.tsx';
import { LazySelect } from '../ui/lazy-select.tsx';
import { Page } from '../ui/page.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import { useKept } from '../ui/use-kept.ts';
import { useRoute } from '../ui/view-route.ts';
import { ReviewBar } from './review-bar.tsx';
import { groupByBrand, REVIEW_STATES, type ReviewState } from './review-groups.ts';
import { ReviewList } from './review-list.tsx';
import css from './review-view.module.css';

const PAGE_SIZE = 300;
const NO_POSTS: readonly PostView[] = [];
const NOWHERE: Chosen = { state: null, brandId: null };
type Chosen = { state: ReviewState | null; brandId: number | null };

/** What waits for a person: missed, unconfirmed, held. Nothing here happens by itself, and no answer is chosen beforehand. */
export function ReviewView() {
  const { t } = useTranslation('review');
  const language = useLanguage();
  const desk = useDesk();
  const { params } = useRoute();
  const [chosen, setChosen] = useKept<Chosen>('review', NOWHERE);
  const [pageNumber, setPageNumber] = useState(1);
  const steps = usePostSteps();
  const { start, done, say } = steps;

  const brandId = chosen.brandId ?? (Number(params.brandId) > 0 ? Number(params.brandId) : null);
  const inBrand = desk.brands.filter((brand) => brandId === null || brand.id === brandId);
  const countOf = (state: ReviewState) => inBrand.reduce((sum, brand) => sum + brand.counts[state], 0);
  const asked = REVIEW_STATES.find((state) => state === params.state);
  const tab = chosen.state ?? asked ?? REVIEW_STATES.find((state) => countOf(state) > 0) ?? 'missed';
  // The tab that was found first stays, also when its last post was decided.
  const isFound = desk.brands.length > 0;
  useEffect(() => {
    if (chosen.state === null && isFound) setChosen((now) => ({ ...now, state: tab }));
  }, [chosen.state, isFound, tab, setChosen]);
  const read = useRead(
    'queue.page',
    {
      states: [tab],
      ...(brandId !== null && { brandId }),
      order: 'soonest',
      offset: (pageNumber - 1) * PAGE_SIZE,
      limit: PAGE_SIZE,
    },
    { keep: true },
  );
  // While another tab is being read the rows of the last one must not be taken for its own.
  const all = read.data?.posts ?? NO_POSTS;
  const posts = useMemo(() => all.filter((post) => post.state === tab), [all, tab]);
  const groups = useMemo(() => groupByBrand(posts), [posts]);
  const pages = Math.max(1, Math.ceil((read.data?.total ?? 0) / PAGE_SIZE));
  const selection = useSelection(posts);
  const show = (next: Chosen) => {
    setChosen(next);
    setPageNumber(1);
    selection.clear();
    say(null);
  };
  const startBulk = useCallback(
    (action: BulkAction, some: readonly PostView[]) => start(stepOf(action, some)),
    [start],
  );

  const { askYes } = steps;
  const startYes = useCallback((some: readonly PostView[]) => askYes('letGo', some), [askYes]);

  return (
    <Page
      fills
      title={t('title')}
      lead={t('lead')}
      actions={
        <LazySelect
          aria-label={t('brand')}
          placeholder={t('allBrands')}
          w={210}
          searchable
          clearable
          allowDeselect
          data={desk.brands.map((brand) => ({ value: String(brand.id), label: brand.name }))}
          value={brandId === null ? null : String(brandId)}
          onChange={(id) => show({ state: tab, brandId: id === null ? null : Number(id) })}
        />
      }
    >
      <Tabs
        className={css.tabs ?? ''}
        value={tab}
        onChange={(state) => show({ state: state as ReviewState, brandId })}
      >
        <Tabs.List>
          {REVIEW_STATES.map((state) => (
            <Tabs.Tab key={state} value={state} rightSection={<Count n={countOf(state)} />}>
              {t(`tabs.${state}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className={css.panel ?? ''}>
          <p className={css.means}>{t(`means.${tab}`)}</p>
          {done ? <DoneNotice done={done} onClose={() => say(null)} onUndone={say} /> : null}
          <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />
          {posts.length > 0 ? (
            <>
              <ReviewBar
                state={tab}
                shown={posts}
                chosen={selection.posts}
                onChoose={selection.choose}
                onBulk={(action) => startBulk(action, selection.posts)}
              />
              <ReviewList
                groups={groups}
                desk={desk}
                asksFit={tab !== 'unconfirmed'}
                chosen={selection.ids}
                onChoose={selection.choose}
                onOpen={steps.open}
                onBulk={startBulk}
                onYes={startYes}
              />
            </>
          ) : read.isPending || read.isPlaceholderData ? (
            <Loader size="sm" aria-label={t('reading')} />
          ) : (
            <Empty icon={IconCircleCheck} title={t(`empty.${tab}`)}>
              {t('empty.words')}
            </Empty>
          )}
          <div className={css.foot}>
            {pages > 1 ? (
              <Pagination
                size="sm"
                total={pages}
                value={pageNumber}
                onChange={setPageNumber}
                getControlProps={(control) => ({ 'aria-label': t(`pages.${control}`) })}
                getItemProps={(number) => ({
                  'aria-label': t('pages.page', { n: numberOf(number, language) }),
                })}
              />
            ) : null}
          </div>
        </Tabs.Panel>
      </Tabs>
      <PostSteps steps={steps} desk={desk} onDone={selection.clear} />
    </Page>
  );
}

function Count({ n }: { n: number }) {
  const language = useLanguage();
  return (
    <span className={css.count} data-some={n > 0 ? '' : undefined}>
      {numberOf(n, language)}
    </span>
  );
}
