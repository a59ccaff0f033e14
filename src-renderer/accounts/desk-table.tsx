import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
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

/** Only the rows in sight are drawn, and the one that has the focus. */
export function DeskTable(props: {
  rows: DeskRow[];
  onOpen: (brandId: number, isOpen: boolean) => void;
  onDialog: (dialog: DeskDialog) => void;
}) {
  const { rows, onOpen, onDialog } = props;
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
                onOpen={onOpen}
                onDialog={onDialog}
              />
            ) : (
              <AccountRow
                key={item.key}
                {...place}
                account={row.account}
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
