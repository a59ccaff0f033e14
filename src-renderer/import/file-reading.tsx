import { Button, Radio, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportChoices } from '../../src-preload/import-views.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import { ZoneSelect } from '../ui/zone-select.tsx';
import { AccountNames } from './account-names.tsx';
import { ColumnMapping } from './column-mapping.tsx';
import { DateOrderChoice } from './date-order-choice.tsx';
import css from './file-reading.module.css';
import { openQuestions } from './reading-choices.ts';
import type { Reading } from './use-import.ts';

/** How a file of another tool is read: what it is, what its columns are, and what it does not say. */
export function FileReading(props: {
  reading: Reading;
  onChange: (change: ImportChoices) => void;
  onLook: (change: ImportChoices) => void;
  onRead: () => void;
  onAnother: () => void;
}) {
  const { look, choices } = props.reading;
  const { t } = useTranslation('import');
  const language = useLanguage();
  const desk = useDesk();
  const n = (value: number) => numberOf(value, language);
  const open = openQuestions(look, choices);
  const zones = [...new Set(desk.brands.map((brand) => brand.timeZone))];
  return (
    <Stack gap="md">
      <div className={css.head}>
        <b className={css.fileName}>{look.fileName}</b>
        <span className={css.dim}>{t('file.rows', { count: look.rows, n: n(look.rows) })}</span>
      </div>
      {look.notice === '' ? null : <Notice tone="warn">{look.notice}</Notice>}
      <Part title={t('file.format.title')}>
        <div className={css.fields}>
          <Select
            label={t('file.format.label')}
            description={t(`file.format.${howKnown(look)}`)}
            value={look.format}
            allowDeselect={false}
            maxDropdownHeight={340}
            data={[
              ...look.formats.map(({ id, name }) => ({ value: id, label: name })),
              { value: 'columns', label: t('file.format.columns') },
            ]}
            onChange={(format) =>
              format !== null &&
              props.onLook({ format, columns: undefined, hasHeader: undefined, dateOrder: undefined })
            }
          />
          {look.sheets.length > 1 ? (
            <Select
              label={t('file.sheet')}
              value={look.sheet}
              allowDeselect={false}
              data={look.sheets}
              onChange={(sheet) =>
                sheet !== null &&
                props.onLook({ sheet, format: undefined, columns: undefined, hasHeader: undefined })
              }
            />
          ) : null}
        </div>
      </Part>
      <Part title={t('file.columns.title')} isOpen={open.includes('columns')}>
        <ColumnMapping look={look} onLook={props.onLook} />
      </Part>
      {look.dates.open > 0 ? (
        <Part title={t('file.order.title')} isOpen={open.includes('order')}>
          <DateOrderChoice
            look={look}
            value={choices.dateOrder}
            onChange={(dateOrder) => props.onChange({ dateOrder })}
          />
        </Part>
      ) : null}
      {look.zoneless > 0 ? (
        <Part title={t('file.zone.title')} isOpen={open.includes('zone')}>
          <ZoneChoice
            value={choices.timeZone}
            zones={zones}
            onChange={(timeZone) => props.onChange({ timeZone })}
          />
        </Part>
      ) : null}
      {look.missing.length === 0 && look.accounts.length > 0 ? (
        <Part title={t('file.accounts.title')}>
          <AccountNames
            look={look}
            desk={desk}
            value={choices.accounts ?? {}}
            onChange={(accounts) => props.onChange({ accounts })}
          />
        </Part>
      ) : null}
      {look.webMedia > 0 ? (
        <Part title={t('file.web.title')}>
          <Radio.Group
            label={t('file.web.label', { count: look.webMedia, n: n(look.webMedia) })}
            value={choices.webMedia ?? 'refuse'}
            onChange={(value) =>
              props.onChange({ webMedia: value === 'leave' || value === 'link' ? value : undefined })
            }
          >
            <Stack gap={6} mt={8}>
              {(['refuse', 'leave', 'link'] as const).map((value) => (
                <Radio key={value} value={value} label={t(`file.web.${value}`)} />
              ))}
            </Stack>
          </Radio.Group>
        </Part>
      ) : null}
      <div className={css.actions}>
        <Button disabled={open.length > 0} onClick={props.onRead}>
          {t('file.read')}
        </Button>
        <Button variant="default" onClick={props.onAnother}>
          {t('another')}
        </Button>
        <span className={css.dim} role="status">
          {open.length > 0
            ? t('file.open', { what: open.map((one) => t(`file.openOnes.${one}`)).join(', ') })
            : t('nothingWritten')}
        </span>
      </div>
    </Stack>
  );
}

function howKnown({
  candidates,
  isSure,
  format,
}: Reading['look']): 'known' | 'chosen' | 'doubtful' | 'unknown' {
  if (candidates.length === 0) return 'unknown';
  if (!candidates.includes(format)) return 'chosen';
  return isSure ? 'known' : 'doubtful';
}

/** `isOpen`: something must be said here before it goes on. */
function Part(props: { title: string; isOpen?: boolean; children: React.ReactNode }) {
  return (
    <section className={css.part} data-open={props.isOpen ? '' : undefined} aria-label={props.title}>
      <h2 className={css.title}>{props.title}</h2>
      {props.children}
    </section>
  );
}

function ZoneChoice(props: {
  value: string | undefined;
  zones: readonly string[];
  onChange: (zone: string | undefined) => void;
}) {
  const { t } = useTranslation('import');
  const kind = props.value === undefined ? '' : props.value === 'brand' ? 'brand' : 'one';
  const [first = ''] = props.zones;
  return (
    <Stack gap={10}>
      <Radio.Group
        label={t('file.zone.label')}
        value={kind}
        onChange={(value) => props.onChange(value === 'brand' ? 'brand' : '')}
      >
        <Stack gap={6} mt={8}>
          <Radio
            value="brand"
            label={
              props.zones.length === 1 ? t('file.zone.brandOnly', { zone: first }) : t('file.zone.brand')
            }
          />
          <Radio value="one" label={t('file.zone.one')} />
        </Stack>
      </Radio.Group>
      {kind === 'one' ? (
        <div className={css.indented}>
          <ZoneSelect
            label={t('file.zone.select')}
            value={props.value ?? ''}
            first={props.zones}
            width={320}
            onChange={props.onChange}
          />
        </div>
      ) : null}
    </Stack>
  );
}
