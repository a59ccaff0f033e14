import { Button, Group, Progress, Stack } from '@mantine/core';
import { IconArrowBackUp, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { numberOf, useLanguage } from '../time.ts';
import { Empty } from '../ui/empty.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useOpenView } from '../ui/view-route.ts';
import { ColumnHelp } from './column-help.tsx';
import { DropFile } from './drop-file.tsx';
import { FileReading } from './file-reading.tsx';
import css from './import.module.css';
import { PreviewReport } from './preview-report.tsx';
import { UndoImport } from './undo-import.tsx';
import { type ImportPhase, type ImportRemark, useImport, useImportProgress } from './use-import.ts';

/** A calendar from a file: choose, read the report, import; cancel at any time. */
export function CalendarImport() {
  const { t } = useTranslation('import');
  const { phase, remark, ...run } = useImport();
  const language = useLanguage();
  switch (phase.kind) {
    case 'idle':
      return (
        <Stack gap="lg">
          <Remark remark={remark} />
          <DropFile
            label={t('calendar.choose')}
            purpose="calendar"
            onFile={(token, name) => void run.open(token, name)}
            onRefused={run.refuse}
          >
            {t('calendar.drop')}
          </DropFile>
          <ColumnHelp kind="calendar" />
        </Stack>
      );
    case 'reading':
      return <Running words={t('reading', { name: phase.fileName })} onCancel={run.cancel} />;
    case 'choosing': {
      const { reading } = phase;
      return (
        <Stack gap="md">
          <Remark remark={remark} />
          <FileReading
            reading={reading}
            onChange={(change) => run.change(reading, change)}
            onLook={(change) => void run.lookAgain(reading, change)}
            onRead={() => void run.read(reading)}
            onAnother={run.restart}
          />
        </Stack>
      );
    }
    case 'applying':
      return (
        <Running
          words={t('applying', {
            count: phase.preview.newRows,
            n: numberOf(phase.preview.newRows, language),
          })}
          onCancel={run.cancel}
        />
      );
    case 'preview': {
      const { preview, reading } = phase;
      return (
        <Stack gap="md">
          <Remark remark={remark} />
          <PreviewReport
            preview={preview}
            choices={reading.choices}
            onApply={(skipBad) => void run.apply(preview, reading, skipBad)}
            onAnother={run.restart}
            onBack={preview.format === 'all-stop' ? null : () => run.backTo(reading)}
            onClockChange={(clockChange) =>
              void run.read({ ...reading, choices: { ...reading.choices, clockChange } })
            }
          />
        </Stack>
      );
    }
    case 'done':
      return <Done phase={phase} onAnother={run.restart} onUndone={run.restart} />;
  }
}

function Done(props: {
  phase: Extract<ImportPhase, { kind: 'done' }>;
  onAnother: () => void;
  onUndone: () => void;
}) {
  const { fileName, result } = props.phase;
  const { added, known, skipped, importId } = result;
  const { t } = useTranslation('import');
  const language = useLanguage();
  const openView = useOpenView();
  const [isAsked, setIsAsked] = useState(false);
  const n = (value: number) => numberOf(value, language);
  return (
    <div role="status">
      <Empty icon={IconCircleCheck} title={t('done.title', { count: added, n: n(added) })}>
        {t('done.words', { name: fileName })}
        {known > 0 ? ` ${t('done.known', { count: known, n: n(known) })}` : ''}
        {skipped > 0 ? ` ${t('done.skipped', { count: skipped, n: n(skipped) })}` : ''}
      </Empty>
      <Group gap="sm" justify="center">
        <Button onClick={() => openView('queue')}>{t('done.queue')}</Button>
        <Button variant="default" onClick={props.onAnother}>
          {t('done.another')}
        </Button>
        {importId === null ? null : (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden="true" />}
            onClick={() => setIsAsked(true)}
          >
            {t('done.undo')}
          </Button>
        )}
      </Group>
      {isAsked && importId !== null ? (
        <UndoImport
          importId={importId}
          fileName={fileName}
          onClose={() => setIsAsked(false)}
          onDone={props.onUndone}
        />
      ) : null}
    </div>
  );
}

function Remark({ remark }: { remark: ImportRemark | null }) {
  const { t } = useTranslation('import');
  if (remark === null) return null;
  if (remark.kind === 'refused') return <RefusalNotice error={remark} />;
  return (
    <Notice tone="calm">
      <span role="status">{t('canceled')}</span>
    </Notice>
  );
}

function Running({ words, onCancel }: { words: string; onCancel: () => void }) {
  const { t } = useTranslation(['import', 'common']);
  const language = useLanguage();
  const progress = useImportProgress(true);
  const share = progress === null || progress.total === 0 ? 0 : (progress.done / progress.total) * 100;
  return (
    <Stack gap="sm" className={css.running ?? ''}>
      <span role="status">{words}</span>
      <Progress value={progress === null ? 100 : share} animated={progress === null} aria-label={words} />
      <Group justify="space-between">
        <span className={css.dim}>
          {progress === null
            ? t('common:loading')
            : t('progress', {
                done: numberOf(progress.done, language),
                n: numberOf(progress.total, language),
              })}
        </span>
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
