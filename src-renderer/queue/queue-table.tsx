import { IconChevronRight, IconLink, IconListNumbers, IconPhoto, IconTag } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import {
  Button,
  Cell,
  Column,
  ResizableTableContainer,
  Row,
  type Selection,
  type SortDescriptor,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  Virtualizer,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { PostView } from '../../src-preload/views.ts';
import { useLanguage } from '../time.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import { SelectionBox } from '../ui/check-box.tsx';
import { labelsText } from '../ui/labels.ts';
import { PostTime } from '../ui/post-time.tsx';
import { PostStateBadge, shownStateOf } from '../ui/state-badge.tsx';
import { type DeskIndex, usePlaces } from '../ui/use-desk.ts';
import { useReason } from '../ui/use-reason.ts';
import type { QueueOrder } from './queue-filter.ts';
import css from './queue-table.module.css';

const LAYOUT = { rowHeight: 50, headingHeight: 32 };
/** In these states the reason is what the person looks for. */
const REASONED: readonly string[] = ['failed', 'held', 'missed', 'unconfirmed'];

/** One page of the queue as a grid: Shift, Ctrl and Ctrl+A choose, Enter or a double click opens. */
export const QueueTable = memo(function QueueTable(props: {
  posts: readonly PostView[];
  desk: DeskIndex;
  order: QueueOrder;
  onOrder: (order: QueueOrder) => void;
  chosen: ReadonlySet<number>;
  onChoose: (selection: 'all' | ReadonlySet<number>) => void;
  onOpen: (postId: number) => void;
}) {
  const { posts, order, onOpen } = props;
  const { t } = useTranslation(['queue', 'common']);
  const language = useLanguage();
  const places = usePlaces(props.desk);
  const dependencies = useMemo(() => [language, places, onOpen], [language, places, onOpen]);
  // The same elements while only the selection changes: the rows are then not made anew.
  const content = useMemo(
    () => (
      <>
        <TableHeader className={css.header ?? ''}>
          <Column
            id="choose"
            width={40}
            minWidth={40}
            className={css.column ?? ''}
            textValue={t('table.choose')}
          >
            <SelectionBox />
          </Column>
          <Column id="time" width={176} minWidth={158} allowsSorting className={css.column ?? ''}>
            {sorted(t('common:time'))}
          </Column>
          <Column id="state" width={166} minWidth={166} allowsSorting className={css.column ?? ''}>
            {sorted(t('common:state'))}
          </Column>
          <Column
            id="brand"
            width="4fr"
            minWidth={130}
            isRowHeader
            allowsSorting
            className={css.column ?? ''}
          >
            {sorted(t('common:account'))}
          </Column>
          <Column id="post" width="9fr" minWidth={160} className={css.column ?? ''}>
            {t('table.post')}
          </Column>
          <Column
            id="open"
            width={40}
            minWidth={40}
            className={css.column ?? ''}
            textValue={t('table.details')}
          >
            <span className="unseen">{t('table.details')}</span>
          </Column>
        </TableHeader>
        <TableBody items={posts} dependencies={dependencies}>
          {(post) => (
            <Row id={post.id} className={css.row ?? ''} textValue={post.parts[0] ?? ''}>
              <Cell className={css.cell ?? ''}>
                <SelectionBox />
              </Cell>
              <Cell className={css.cell ?? ''}>
                <PostTime at={post.publishAt} zone={places.zoneOf(post.brandId, post.timeZone)} />
              </Cell>
              <Cell className={css.cell ?? ''}>
                <PostStateBadge state={shownStateOf(post)} />
              </Cell>
              <Cell className={css.cell ?? ''}>
                <div className={css.two}>
                  <BrandMark name={post.brand} colour={places.colourOf(post.brandId)} />
                  <span className={css.place}>
                    {places.networkName(post.network)} · {post.account}
                  </span>
                </div>
              </Cell>
              <Cell className={css.cell ?? ''}>
                <div className={css.two}>
                  <span className={css.text}>{excerptOf(post) || t('table.noText')}</span>
                  <Marks post={post} />
                </div>
              </Cell>
              <Cell className={css.cell ?? ''}>
                <Button
                  className={css.open ?? ''}
                  aria-label={t('table.details')}
                  onPress={() => onOpen(post.id)}
                >
                  <IconChevronRight size={16} aria-hidden="true" />
                </Button>
              </Cell>
            </Row>
          )}
        </TableBody>
      </>
    ),
    [posts, dependencies, places, onOpen, t],
  );
  const choose = (selection: Selection) =>
    props.onChoose(selection === 'all' ? 'all' : new Set([...selection].map(Number)));
  return (
    <ResizableTableContainer className={css.container ?? ''}>
      <Virtualizer layout={TableLayout} layoutOptions={LAYOUT}>
        <Table
          aria-label={t('table.label')}
          className={css.table ?? ''}
          selectionMode="multiple"
          selectionBehavior="replace"
          selectedKeys={props.chosen as Set<number>}
          onSelectionChange={choose}
          onRowAction={(key) => onOpen(Number(key))}
          {...sortOf(order)}
          onSortChange={({ column, direction }) => props.onOrder(orderOf(String(column), direction))}
        >
          {content}
        </Table>
      </Virtualizer>
    </ResizableTableContainer>
  );
});

/** A heading that says, when it is what the rows are sorted by, which way. */
function sorted(heading: string) {
  return ({ sortDirection }: { sortDirection: 'ascending' | 'descending' | undefined }) => (
    <>
      {heading}
      {sortDirection ? <span aria-hidden="true">{sortDirection === 'ascending' ? '↑' : '↓'}</span> : null}
    </>
  );
}

/** The column an order sorts by; the one with the account sorts by its brand, and shows accounts sorted as well. */
function sortOf(order: QueueOrder): { sortDescriptor?: SortDescriptor } {
  if (order === 'changed') return {};
  const isTime = order === 'soonest' || order === 'latest';
  const column = isTime ? 'time' : order.startsWith('state') ? 'state' : 'brand';
  const isUp = order === 'soonest' || (!isTime && !order.endsWith('-back'));
  return { sortDescriptor: { column, direction: isUp ? 'ascending' : 'descending' } };
}

function orderOf(column: string, direction: 'ascending' | 'descending'): QueueOrder {
  const isUp = direction === 'ascending';
  if (column === 'state') return isUp ? 'state' : 'state-back';
  if (column === 'brand') return isUp ? 'brand' : 'brand-back';
  return isUp ? 'soonest' : 'latest';
}

function excerptOf(post: PostView): string {
  return (post.parts[0] ?? '').replace(/\s+/gu, ' ').slice(0, 300);
}

/** What else there is to a post: why it is where it is, label, thread, media, link. */
function Marks({ post }: { post: PostView }) {
  const { t } = useTranslation('queue');
  const reason = useReason();
  const missingAlt = post.media.filter((media) => media.altText === '').length;
  return (
    <span className={css.second}>
      {REASONED.includes(post.state) && post.reason !== '' && post.reason !== 'by-person' ? (
        <span className={css.reason}>{reason(post.reason, post.yes?.from)}</span>
      ) : null}
      {post.label ? (
        <span className={css.label}>
          <IconTag size={13} aria-hidden="true" /> {labelsText(post.label)}
        </span>
      ) : null}
      {post.parts.length > 1 ? (
        <span className={css.fact}>
          <IconListNumbers size={13} aria-hidden="true" /> {t('marks.thread', { n: post.parts.length })}
        </span>
      ) : null}
      {post.media.length > 0 ? (
        <span className={css.fact}>
          <IconPhoto size={13} aria-hidden="true" />{' '}
          {t('marks.media', { count: post.media.length, n: post.media.length })}
          {missingAlt > 0 ? ` · ${t('marks.noAlt')}` : ''}
        </span>
      ) : null}
      {post.link ? (
        <span className={css.fact}>
          <IconLink size={13} aria-hidden="true" /> {hostOf(post.link)}
        </span>
      ) : null}
    </span>
  );
}

function hostOf(link: string): string {
  try {
    return new URL(link).host;
  } catch {
    return link;
  }
}
