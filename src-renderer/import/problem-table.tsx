import { Button, CopyButton, Table } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportProblem } from '../../src-preload/import-views.ts';
import { numberOf, useLanguage } from '../time.ts';
import css from './import.module.css';

/** Every problem with its line, column and reason; the list can be copied for whoever wrote the file. */
export function ProblemTable({ problems, total }: { problems: readonly ImportProblem[]; total: number }) {
  const { t } = useTranslation('import');
  const language = useLanguage();
  const text = problems.map((one) => `${one.line}\t${one.column}\t${one.reason}`).join('\n');
  return (
    <div>
      <div className={css.above}>
        <span>
          {total > problems.length
            ? t('problems.first', {
                shown: numberOf(problems.length, language),
                n: numberOf(total, language),
              })
            : t('problems.hint')}
        </span>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={
                copied ? (
                  <IconCheck size={15} aria-hidden="true" />
                ) : (
                  <IconCopy size={15} aria-hidden="true" />
                )
              }
              onClick={copy}
            >
              {t(copied ? 'problems.copied' : 'problems.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={css.scroll} aria-label={t('problems.title')} tabIndex={0}>
        <Table stickyHeader verticalSpacing={6} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={80}>{t('line')}</Table.Th>
              <Table.Th w={130}>{t('column')}</Table.Th>
              <Table.Th>{t('reason')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {problems.map((one) => (
              <Table.Tr key={`${one.line} ${one.column} ${one.reason}`}>
                <Table.Td className="tabular">{numberOf(one.line, language)}</Table.Td>
                <Table.Td>
                  <code>{one.column}</code>
                </Table.Td>
                <Table.Td>{one.reason}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </div>
  );
}
