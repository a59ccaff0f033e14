import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportChoices, ImportOutcome, ImportPreview } from '../../src-preload/import-views.ts';
import { dayTimeOf, localZone, numberOf, placeOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import css from './import.module.css';
import { ProblemTable } from './problem-table.tsx';
import { RowTable } from './row-table.tsx';

const OUTCOMES: readonly ImportOutcome[] = ['new', 'duplicate', 'known', 'bad', 'past', 'clock'];
type Shown = 'problems' | 'all' | ImportOutcome;
/** So many are kept to be looked at. */
const MOST_ROWS = 300_000;

function countsOf(preview: ImportPreview): Record<ImportOutcome, number> {
  const { newRows, duplicateRows, knownRows, badRows, pastRows, clockRows } = preview;
  return {
    new: newRows - duplicateRows,
    duplicate: duplicateRows,
    known: knownRows,
    bad: badRows - pastRows - clockRows,
    past: pastRows,
    clock: clockRows,
  };
}

/** What the file would do, row by row, before anything is written. */
export function PreviewReport(props: {
  preview: ImportPreview;
  choices: ImportChoices;
  onApply: (skipBad: boolean) => void;
  onAnother: () => void;
  /** How the file is read is to be changed; null where it says all itself. */
  onBack: (() => void) | null;
  onClockChange: (clockChange: ImportChoices['clockChange']) => void;
}) {
  const { preview } = props;
  const { t } = useTranslation('import');
  const language = useLanguage();
  const [skipBad, setSkipBad] = useState(false);
  const [table, setTable] = useState<Shown>(preview.badRows > 0 ? 'problems' : 'all');
  const n = (value: number) => numberOf(value, language);
  const here = localZone();
  const hasBad = preview.badRows > 0;
  const canApply = preview.newRows > 0 && (!hasBad || skipBad);
  const counts = countsOf(preview);
  const views = OUTCOMES.filter((outcome) => counts[outcome] > 0);
  return (
    <>
      <div className={css.report}>
        <div className={css.file}>
          <b>{preview.fileName}</b>
          <span className={css.dim}>
            {preview.firstAt === null || preview.lastAt === null
              ? t('noDates')
              : t('dates', {
                  first: dayTimeOf(preview.firstAt, language, here),
                  last: dayTimeOf(preview.lastAt, language, here),
                  place: placeOf(here),
                })}
          </span>
        </div>
        <dl className={css.figures}>
          <Figure name={t('figures.rows')} value={n(preview.rows)} />
          <Figure name={t('figures.new')} value={n(preview.newRows)} tone="good" />
          <Figure name={t('figures.known')} value={n(preview.knownRows)} />
          <Figure name={t('figures.bad')} value={n(preview.badRows)} tone={hasBad ? 'bad' : undefined} />
        </dl>
      </div>
      {preview.notice ? <Notice tone="warn">{preview.notice}</Notice> : null}
      {preview.planWarning === '' ? null : <Notice tone="warn">{preview.planWarning}</Notice>}
      {preview.duplicateRows > 0 ? (
        <Notice tone="warn">
          {t('duplicates', { count: preview.duplicateRows, n: n(preview.duplicateRows) })}
        </Notice>
      ) : null}
      {preview.yesRows > 0 ? (
        <Notice tone="calm">{t('needYes', { count: preview.yesRows, n: n(preview.yesRows) })}</Notice>
      ) : null}
      {preview.clockRows > 0 || props.choices.clockChange !== undefined ? (
        <Notice tone="warn">
          {t('clock.words', { count: preview.clockRows, n: n(preview.clockRows) })}
          <SegmentedControl
            display="flex"
            w="fit-content"
            mt={8}
            size="xs"
            aria-label={t('clock.label')}
            value={props.choices.clockChange ?? 'leave'}
            data={(['leave', 'earlier', 'later'] as const).map((value) => ({
              value,
              label: t(`clock.${value}`),
            }))}
            onChange={(value) =>
              props.onClockChange(value === 'earlier' || value === 'later' ? value : undefined)
            }
          />
        </Notice>
      ) : null}
      {preview.newRows === 0 && !hasBad ? <Notice tone="calm">{t('nothingNew')}</Notice> : null}
      {hasBad ? (
        <Notice tone="bad">
          {t('badRows', { count: preview.badRows, n: n(preview.badRows) })}
          {preview.newRows > 0 ? (
            <Checkbox
              mt={8}
              label={t('skipBad', { count: preview.badRows, n: n(preview.badRows) })}
              checked={skipBad}
              onChange={(event) => setSkipBad(event.currentTarget.checked)}
            />
          ) : null}
        </Notice>
      ) : null}
      <div className={css.actions}>
        <Button disabled={!canApply} onClick={() => props.onApply(skipBad)}>
          {t('apply', { count: preview.newRows, n: n(preview.newRows) })}
        </Button>
        {props.onBack === null ? null : (
          <Button variant="default" onClick={props.onBack}>
            {t('back')}
          </Button>
        )}
        <Button variant="default" onClick={props.onAnother}>
          {t('another')}
        </Button>
        <span className={css.dim}>{t('nothingWritten')}</span>
      </div>
      <div>
        {hasBad || views.length > 1 ? (
          <SegmentedControl
            className={css.shown ?? ''}
            aria-label={t('show')}
            value={table}
            onChange={(value) => setTable(value as Shown)}
            data={[
              ...(hasBad
                ? [{ value: 'problems', label: t('problems.count', { n: n(preview.badRows) }) }]
                : []),
              { value: 'all', label: t('rows.count', { n: n(preview.rows) }) },
              ...views.map((outcome) => ({
                value: outcome,
                label: t(`rows.outcomes.${outcome}`, { n: n(counts[outcome]) }),
              })),
            ]}
          />
        ) : null}
        {table === 'problems' ? (
          <ProblemTable problems={preview.problems} total={preview.badRows} />
        ) : (
          <>
            <div className={css.above}>{t('rows.hint')}</div>
            <RowTable
              key={table}
              previewId={preview.previewId}
              outcomes={table === 'all' ? OUTCOMES : [table]}
              total={Math.min(MOST_ROWS, table === 'all' ? preview.rows : counts[table])}
            />
          </>
        )}
      </div>
    </>
  );
}

function Figure(props: { name: string; value: string; tone?: 'good' | 'bad' | undefined }) {
  return (
    <div className={css.figure} data-tone={props.tone}>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}
