import { Button, Checkbox, MultiSelect, Select } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportChoices, ImportField, ImportLook } from '../../src-preload/import-views.ts';
import css from './file-reading.module.css';
import { columnLetter, withField } from './reading-choices.ts';

/** All there are, in the order in which a person thinks of a post. */
const ALL: Readonly<Record<ImportField, true>> = {
  text: true,
  publish_at: true,
  date: true,
  time: true,
  time_zone: true,
  brand: true,
  network: true,
  account: true,
  link: true,
  media: true,
  alt_text: true,
  label: true,
};
const FIELDS = Object.keys(ALL) as ImportField[];

/** What each of our fields is read from, with what stands there. Folded for a file that is known, until it is to be changed. */
export function ColumnMapping(props: { look: ImportLook; onLook: (change: ImportChoices) => void }) {
  const { look } = props;
  const { t } = useTranslation('import');
  const isUnknown = look.format === 'columns' || look.missing.length > 0;
  const [isOpen, setIsOpen] = useState(false);
  const nameOf = (place: number) =>
    look.columns[place]?.name || t('file.columns.letter', { letter: columnLetter(place) });
  const options = look.columns.map((_, place) => ({ value: String(place), label: nameOf(place) }));
  const set = (field: ImportField, places: readonly number[]) =>
    props.onLook({ columns: withField(look.fields, field, places), hasHeader: look.hasHeader });
  const used = FIELDS.filter((field) => look.fields[field] !== undefined);
  const leftOut =
    look.leftOut.length === 0 ? null : (
      <p className={css.dim}>{t('file.columns.leftOut', { names: look.leftOut.join(', ') })}</p>
    );
  if (!isUnknown && !isOpen)
    return (
      <>
        <ul className={css.summary}>
          {used.map((field) => (
            <li key={field}>
              {t(`file.fields.${field}`)} <IconArrowLeft size={13} aria-label={t('file.columns.from')} />{' '}
              <code>{(look.fields[field] ?? []).map(nameOf).join(', ')}</code>
            </li>
          ))}
        </ul>
        {leftOut}
        <Button variant="default" size="compact-sm" onClick={() => setIsOpen(true)}>
          {t('file.columns.change')}
        </Button>
      </>
    );
  return (
    <>
      <p className={css.dim}>{t('file.columns.words')}</p>
      <table className={css.mapping}>
        <thead>
          <tr>
            <th>{t('file.columns.field')}</th>
            <th>{t('file.columns.column')}</th>
            <th>{t('file.columns.samples')}</th>
          </tr>
        </thead>
        <tbody>
          {FIELDS.map((field) => {
            const places = look.fields[field] ?? [];
            const label = t(`file.fields.${field}`);
            const isWanted = look.missing.some((one) => one === field);
            return (
              <tr key={field} data-wanted={isWanted ? '' : undefined}>
                <th scope="row">
                  {label}
                  {isWanted ? <span className={css.bad}> {t('file.columns.wanted')}</span> : null}
                </th>
                <td>
                  {field === 'media' ? (
                    <MultiSelect
                      size="xs"
                      aria-label={label}
                      data={options}
                      value={places.map(String)}
                      placeholder={places.length === 0 ? t('file.columns.none') : ''}
                      onChange={(values) => set(field, values.map(Number))}
                    />
                  ) : (
                    <Select
                      size="xs"
                      aria-label={label}
                      data={options}
                      value={places[0] === undefined ? null : String(places[0])}
                      placeholder={t('file.columns.none')}
                      clearable
                      searchable
                      onChange={(value) => set(field, value === null ? [] : [Number(value)])}
                    />
                  )}
                </td>
                <td className={css.sample}>
                  {places
                    .flatMap((place) => look.columns[place]?.samples ?? [])
                    .map((sample) => (
                      <span key={sample}>{sample}</span>
                    ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Checkbox
        mt={4}
        size="xs"
        label={t('file.columns.hasHeader')}
        checked={look.hasHeader}
        onChange={(event) => props.onLook({ hasHeader: event.currentTarget.checked, columns: look.fields })}
      />
      {leftOut}
    </>
  );
}
