import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '../../src-preload/views.ts';
import { dayTimeOf, localZone, numberOf, placeOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import css from './import.module.css';
import { ProblemTable } from './problem-table.tsx';
import { RowTable } from './row-table.tsx';

/** What the file would do, row by row, before anything is written. */
export function PreviewReport(props: {
  preview: ImportPreview;
  onApply: (skipBad: boolean) => void;
  onAnother: () => void;
}) {
  const { preview } = props;
  const { t } = useTranslation('import');
  const language = useLanguage();
  const [skipBad, setSkipBad] = useState(false);
  const [table, setTable] = useState(preview.badRows > 0 ? 'problems' : 'rows');
  const n = (value: number) => numberOf(value, language);
  const here = localZone();
  const hasBad = preview.badRows > 0;
  const canApply = preview.newRows > 0 && (!hasBad || skipBad);
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
        <Button variant="default" onClick={props.onAnother}>
          {t('another')}
        </Button>
        <span className={css.dim}>{t('nothingWritten')}</span>
      </div>
      <div>
        {hasBad ? (
          <SegmentedControl
            aria-label={t('show')}
            value={table}
            onChange={setTable}
            data={[
              { value: 'problems', label: t('problems.count', { n: n(preview.badRows) }) },
              { value: 'rows', label: t('rows.count', { n: n(preview.rows) }) },
            ]}
          />
        ) : null}
        {table === 'problems' && hasBad ? (
          <ProblemTable problems={preview.problems} total={preview.badRows} />
        ) : (
          <RowTable rows={preview.sample} total={preview.rows} />
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
