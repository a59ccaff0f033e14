import { Table } from '@mantine/core';
import { IconCheck, IconCircleX, IconCopyCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportRow } from '../../src-preload/views.ts';
import { dayTimeOf, numberOf, useLanguage, zoneWordsOf } from '../time.ts';
import { Badge } from '../ui/state-badge.tsx';
import css from './import.module.css';

const STATUSES = {
  new: { tone: 'good', icon: IconCheck },
  known: { tone: 'quiet', icon: IconCopyCheck },
  bad: { tone: 'bad', icon: IconCircleX },
} as const;

/** The file's rows as they were understood, at most 500 of them. */
export function RowTable({ rows, total }: { rows: readonly ImportRow[]; total: number }) {
  const { t } = useTranslation(['import', 'common']);
  const language = useLanguage();
  return (
    <div>
      <div className={css.above}>
        {total > rows.length
          ? t('rows.first', { shown: numberOf(rows.length, language), n: numberOf(total, language) })
          : t('rows.hint')}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={css.scroll} aria-label={t('rows.title')} tabIndex={0}>
        <Table stickyHeader verticalSpacing={5} fz="sm" layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={64}>{t('line')}</Table.Th>
              <Table.Th w={112}>{t('status')}</Table.Th>
              <Table.Th w={190}>{t('common:time')}</Table.Th>
              <Table.Th w={210}>{t('common:account')}</Table.Th>
              <Table.Th>{t('common:text')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.line}>
                <Table.Td className="tabular">{numberOf(row.line, language)}</Table.Td>
                <Table.Td>
                  <Badge tone={STATUSES[row.status].tone} icon={STATUSES[row.status].icon}>
                    {t(`statuses.${row.status}`)}
                  </Badge>
                </Table.Td>
                <Table.Td className="tabular">
                  {row.publishAt > 0 && row.timeZone !== '' ? (
                    <>
                      {dayTimeOf(row.publishAt, language, row.timeZone)}
                      <div className={css.dim}>{zoneWordsOf(row.publishAt, language, row.timeZone)}</div>
                    </>
                  ) : (
                    '–'
                  )}
                </Table.Td>
                <Table.Td className={css.cut ?? ''}>
                  {row.brand}
                  <div className={css.dim}>
                    {row.network} · {row.account}
                  </div>
                </Table.Td>
                <Table.Td className={css.cut ?? ''}>
                  {row.text}
                  {row.media > 0 ? (
                    <div className={css.dim}>
                      {t('media', { count: row.media, n: numberOf(row.media, language) })}
                    </div>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </div>
  );
}
