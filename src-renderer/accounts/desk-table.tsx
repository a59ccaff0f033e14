import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, BrandView } from '../../src-preload/views.ts';
import { useNow } from '../time.ts';
import { AccountRow } from './account-row.tsx';
import { BrandRow } from './brand-row.tsx';
import type { DeskDialog } from './desk-dialog.ts';
import type { DeskRow } from './desk-rows.ts';
import styles from './desk-table.module.css';
import { useRowFocus } from './use-row-focus.ts';

const BRAND_HEIGHT = 54;
const ACCOUNT_HEIGHT = 42;
const COLUMNS = ['name', 'state', 'next', 'scheduled', 'decide', 'actions'] as const;

function keyOfRow(row: DeskRow): string {
  return row.kind === 'brand' ? `b${row.brand.id}` : `a${row.account.id}`;
}

const idsOf = (brand: BrandView) => brand.accounts.map(({ id }) => id);

function isWhole(brand: BrandView, chosen: ReadonlySet<number>): boolean {
  return brand.accounts.length > 0 && brand.accounts.every(({ id }) => chosen.has(id));
}

/** Only the rows in sight are drawn, and the one that has the focus. */
export function DeskTable(props: {
  rows: DeskRow[];
  chosen: ReadonlySet<number>;
  onChoose: (accountIds: readonly number[], isChosen: boolean) => void;
  onOpen: (brandId: number, isOpen: boolean) => void;
  onDialog: (dialog: DeskDialog) => void;
}) {
  const { rows, chosen, onChoose, onOpen, onDialog } = props;
  const { t } = useTranslation('desk');
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow(15_000);
  const focus = useRowFocus({
    count: rows.length,
    isOpen: (index) => {
      const row = rows[index];
      return row?.kind === 'brand' ? row.isOpen : null;
    },
    setOpen: (index, isOpen) => {
      const row = rows[index];
      if (row) onOpen(row.brand.id, isOpen);
    },
    parentOf: (index) => {
      const id = rows[index]?.brand.id;
      return rows.findIndex((row) => row.kind === 'brand' && row.brand.id === id);
    },
    reveal: (index) => virtual.scrollToIndex(index),
    choose: (index) => {
      const row = rows[index];
      if (row?.kind === 'account') onChoose([row.account.id], !chosen.has(row.account.id));
      else if (row) onChoose(idsOf(row.brand), !isWhole(row.brand, chosen));
    },
  });
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'brand' ? BRAND_HEIGHT : ACCOUNT_HEIGHT),
    getItemKey: (index) => (rows[index] ? keyOfRow(rows[index]) : index),
    overscan: 8,
    scrollPaddingStart: 34,
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range);
      return drawn.includes(focus.active) || focus.active >= rows.length ? drawn : [...drawn, focus.active];
    },
  });

  const [dragged, setDragged] = useState<readonly AccountView[]>([]);
  const [over, setOver] = useState<number | null>(null);
  const rowOf = (event: DragEvent) => {
    const element = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    return element ? rows[Number(element.dataset.row)] : undefined;
  };
  const endDrag = () => {
    setDragged([]);
    setOver(null);
  };
  /** One that is chosen takes the others that are chosen along. */
  const startDrag = (event: DragEvent) => {
    const row = rowOf(event);
    if (row?.kind !== 'account') return;
    const known = rows.flatMap((one) => (one.kind === 'brand' ? one.brand.accounts : []));
    const accounts = chosen.has(row.account.id)
      ? known.filter((account) => chosen.has(account.id))
      : [row.account];
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', accounts.map(({ name }) => name).join(', '));
    setDragged(accounts);
  };
  const dragOver = (event: DragEvent) => {
    const brandId = rowOf(event)?.brand.id ?? null;
    if (dragged.length === 0 || brandId === null) return;
    const isElsewhere = dragged.some((account) => account.brandId !== brandId);
    setOver(isElsewhere ? brandId : null);
    if (isElsewhere) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    const brandId = rowOf(event)?.brand.id;
    if (dragged.length === 0 || brandId === undefined) return;
    event.preventDefault();
    onDialog({ kind: 'move', accounts: dragged, brandId });
    endDrag();
  };

  return (
    <div ref={scroller} className={styles.scroller}>
      <table
        className={styles.table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree table is a table whose rows open and take the focus
        role="treegrid"
        aria-label={t('table')}
        aria-rowcount={rows.length + 1}
        onKeyDown={focus.onKeyDown}
        onFocus={focus.onFocus}
        onDragStart={startDrag}
        onDragOver={dragOver}
        onDrop={drop}
        onDragEnd={endDrag}
      >
        <thead>
          <tr className={styles.header} aria-rowindex={1}>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" data-column={column}>
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={styles.space} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const place = {
              index: item.index,
              top: item.start,
              height: item.size,
              isActive: item.index === focus.active,
              now,
            };
            return row.kind === 'brand' ? (
              <BrandRow
                key={item.key}
                {...place}
                brand={row.brand}
                isOpen={row.isOpen}
                isTarget={over === row.brand.id}
                isChosen={chosen.size > 0 && isWhole(row.brand, chosen)}
                onChoose={onChoose}
                onOpen={onOpen}
                onDialog={onDialog}
              />
            ) : (
              <AccountRow
                key={item.key}
                {...place}
                account={row.account}
                isChosen={chosen.has(row.account.id)}
                onChoose={onChoose}
                brand={row.brand}
                onDialog={onDialog}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
