import { Button, CopyButton, Group, SegmentedControl, Select, Stack, Textarea } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StopView } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';
import { coveredAccounts } from '../stop/scope-covers.ts';
import { type Language, numberOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useDesk } from '../ui/use-desk.ts';

/** A message to the client and the document that goes with it, for one brand, in the client's language. */
export function ReportDialog({ stop, onClose }: { stop: StopView; onClose: () => void }) {
  const { t } = useTranslation('report');
  const desk = useDesk();
  const own = useLanguage();
  const [chosen, setChosen] = useState<string | null>(null);
  const [language, setLanguage] = useState<Language>(own);
  const covered = desk.brands.filter(
    (one) =>
      (stop.scope.kind === 'brand' && stop.scope.brandId === one.id) ||
      stop.scope.kind === 'everything' ||
      coveredAccounts([stop.scope], one).length > 0,
  );
  const brandId = Number(chosen ?? covered[0]?.id ?? 0);
  const order = { stopId: stop.id, brandId, language };
  const message = useRead('report.message', order, { enabled: brandId > 0, keep: true, fresh: true });
  const save = useAction('report.save');
  const text = message.error ? '' : (message.data?.text ?? '');
  return (
    <Dialog
      opened
      width={640}
      title={t('title')}
      onClose={onClose}
      footer={
        <Group gap="sm" justify="flex-end">
          {(['html', 'pdf'] as const).map((format) => (
            <Button
              key={format}
              variant={format === 'pdf' ? 'filled' : 'default'}
              leftSection={<IconDownload size={16} aria-hidden="true" />}
              disabled={text === '' || save.isPending}
              loading={save.isPending && save.variables.format === format}
              onClick={() => save.mutate({ ...order, format })}
            >
              {t(`save.${format}`)}
            </Button>
          ))}
        </Group>
      }
    >
      <Stack gap="md">
        <p>{t('lead')}</p>
        <Group gap="md" align="flex-end">
          <Select
            label={t('brand')}
            data={covered.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={brandId > 0 ? String(brandId) : null}
            onChange={(value) => {
              setChosen(value);
              save.reset();
            }}
            allowDeselect={false}
            searchable
            w={300}
          />
          <SegmentedControl
            aria-label={t('language')}
            data={[
              { value: 'en', label: 'English' },
              { value: 'fr', label: 'Français' },
            ]}
            value={language}
            onChange={(value) => {
              setLanguage(value === 'fr' ? 'fr' : 'en');
              save.reset();
            }}
          />
        </Group>
        <RefusalNotice error={message.error ?? save.error} />
        {message.data && !message.error && !message.data.isWhole ? (
          <Notice tone="bad">{t('broken', { line: numberOf(message.data.brokenAt ?? 0, own) })}</Notice>
        ) : null}
        {message.data && !message.error && !message.data.isComplete ? (
          <Notice tone="warn" action={<Again onClick={() => void message.refetch()} />}>
            {t('incomplete')}
          </Notice>
        ) : null}
        <Textarea
          label={t('message')}
          value={text}
          readOnly
          autosize
          minRows={8}
          maxRows={14}
          lang={language}
        />
        <div>
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button
                size="compact-sm"
                variant="default"
                disabled={text === ''}
                leftSection={
                  copied ? (
                    <IconCheck size={15} aria-hidden="true" />
                  ) : (
                    <IconCopy size={15} aria-hidden="true" />
                  )
                }
                onClick={copy}
              >
                {t(copied ? 'copied' : 'copy')}
              </Button>
            )}
          </CopyButton>
        </div>
        {save.data?.path ? (
          <Notice tone="good">
            <span role="status" data-selectable>
              {t('saved', { path: save.data.path })}
            </span>
          </Notice>
        ) : null}
      </Stack>
    </Dialog>
  );
}

function Again({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation('report');
  return (
    <Button size="compact-sm" variant="default" onClick={onClick}>
      {t('again')}
    </Button>
  );
}
