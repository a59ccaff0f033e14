import { Autocomplete, Button, NumberInput, Textarea, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrandView } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';
import { localZone } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import { ZoneSelect } from '../ui/zone-select.tsx';
import { PersonField } from '../yes/person-field.tsx';
import styles from './forms.module.css';
import { LogoField } from './logo-field.tsx';

/** Twelve that can be told apart on a light and on a dark ground, none of them the stop's red. */
const COLOURS = [
  '#2f5fd0',
  '#1d8a8a',
  '#2e7d46',
  '#7a8b1f',
  '#d9a400',
  '#c9731a',
  '#9c5a3c',
  '#c2507f',
  '#8e44ad',
  '#5b3a8c',
  '#4d6f9f',
  '#7d8794',
];

const MOST_GRACE = 60;
const MOST_NAME = 100;

/** What is out of bounds stays as it was typed, with an error. */
function isGrace(value: number | string): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_GRACE;
}

/** Adds a brand, or changes one. */
export function BrandDialog(props: {
  brand: BrandView | null;
  onClose: () => void;
  onCreated: (brand: BrandView) => void;
}) {
  const { brand } = props;
  const { t } = useTranslation(['desk', 'yes']);
  const { t: common } = useTranslation('common');
  const { brands, markets } = useDesk();
  const [name, setName] = useState(brand?.name ?? '');
  const [market, setMarket] = useState(brand?.market ?? '');
  const [timeZone, setTimeZone] = useState(brand?.timeZone ?? localZone());
  const [graceMinutes, setGrace] = useState<number | string>(brand?.graceMinutes ?? 5);
  const [colour, setColour] = useState(
    () => brand?.colour ?? COLOURS.find((one) => !brands.some((known) => known.colour === one)) ?? '#2f5fd0',
  );
  const [isTried, setIsTried] = useState(false);
  const [notes, setNotes] = useState(brand?.notes ?? '');
  const [logo, setLogo] = useState(brand?.logo ?? '');
  const create = useAction('brand.create');
  const note = useAction('brand.note');
  const change = useAction('brand.change');
  const asked = useRead('yes.read', {}).data;
  const [typedYes, setYes] = useState<string | null>(null);
  const knownYes = asked?.brands.find(({ brandId }) => brandId === brand?.id)?.from ?? '';
  const yesFrom = typedYes ?? knownYes;
  const setBrandYes = useAction('yes.setBrand');
  const zones = useMemo(() => brands.map((one) => one.timeZone), [brands]);
  const colours = COLOURS.includes(colour) ? COLOURS : [colour, ...COLOURS];

  const brandIds = useMemo(() => (brand ? [brand.id] : []), [brand]);

  const isTooLong = name.trim().length > MOST_NAME;

  const save = () => {
    setIsTried(true);
    if (name.trim() === '' || isTooLong || timeZone === '' || !isGrace(graceMinutes)) return;
    const asked = { name: name.trim(), market: market.trim(), timeZone, graceMinutes, colour };
    /** Kept after the rest: a brand that could not be saved keeps what is typed in the dialog. */
    const keepYes = (brandId: number, then: () => void) => {
      if (yesFrom.trim() === knownYes) then();
      else setBrandYes.mutate({ brandId, from: yesFrom.trim() }, { onSuccess: then });
    };
    const keepNote = (brandId: number, then: () => void) => {
      const isSame = notes.trim() === (brand?.notes ?? '') && logo === (brand?.logo ?? '');
      const next = () => keepYes(brandId, then);
      if (isSame) next();
      else note.mutate({ brandId, notes, logo }, { onSuccess: next });
    };
    if (brand)
      change.mutate({ brandId: brand.id, ...asked }, { onSuccess: () => keepNote(brand.id, props.onClose) });
    else
      create.mutate(asked, {
        onSuccess: (created) => keepNote(created.id, () => props.onCreated(created)),
      });
  };

  return (
    <Dialog
      opened
      onClose={props.onClose}
      title={brand ? t('brand.edit', { name: brand.name }) : t('brand.add')}
      footer={
        <>
          <Button variant="default" onClick={props.onClose}>
            {common('cancel')}
          </Button>
          <Button
            onClick={save}
            loading={create.isPending || change.isPending || note.isPending || setBrandYes.isPending}
          >
            {t(brand ? 'brand.save' : 'brand.create')}
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextInput
          data-autofocus
          label={t('brand.name')}
          value={name}
          error={
            isTooLong
              ? t('brand.nameTooLong', { most: MOST_NAME })
              : isTried && name.trim() === ''
                ? t('brand.nameMissing')
                : null
          }
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Autocomplete
          label={t('brand.market')}
          description={t('brand.marketHint')}
          value={market}
          data={[...markets]}
          maxLength={100}
          onChange={setMarket}
        />
        <ZoneSelect
          label={t('brand.zone')}
          description={t('brand.zoneHint')}
          value={timeZone}
          first={zones}
          onChange={setTimeZone}
        />
        <NumberInput
          label={t('brand.grace')}
          description={t('brand.graceHint')}
          value={graceMinutes}
          min={0}
          max={MOST_GRACE}
          allowDecimal={false}
          clampBehavior="none"
          error={isGrace(graceMinutes) ? null : t('brand.graceWrong')}
          styles={{ wrapper: { width: 120 } }}
          onChange={setGrace}
        />
        <PersonField
          label={t('yes:fromBrand')}
          description={t('yes:fromBrandHint')}
          brandIds={brandIds}
          value={yesFrom}
          onChange={setYes}
        />
        <ColourChoice colours={colours} value={colour} onChange={setColour} />
        <LogoField name={name} value={logo} onChange={setLogo} />
        <Textarea
          label={t('brand.notes')}
          description={t('brand.notesHint')}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={20_000}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
        <button type="submit" hidden />
        <RefusalNotice error={create.error ?? change.error ?? note.error ?? setBrandYes.error} />
      </form>
    </Dialog>
  );
}

function ColourChoice(props: {
  colours: readonly string[];
  value: string;
  onChange: (colour: string) => void;
}) {
  const { t } = useTranslation('desk');
  const group = useId();
  return (
    <fieldset className={styles.colours}>
      <legend>{t('brand.colour')}</legend>
      {props.colours.map((colour, index) => (
        <label key={colour} className={styles.colour}>
          <input
            type="radio"
            name={group}
            checked={colour === props.value}
            onChange={() => props.onChange(colour)}
            aria-label={t('brand.colourName', { n: index + 1 })}
          />
          <span style={{ background: colour }}>
            {colour === props.value ? <IconCheck size={15} stroke={3} aria-hidden="true" /> : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
