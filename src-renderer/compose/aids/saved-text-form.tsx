import { Button, SegmentedControl, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedTextView } from '../../../src-preload/aid-views.ts';
import { useAction } from '../../api.ts';
import { numberOf, useLanguage } from '../../time.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import { useDesk } from '../../ui/use-desk.ts';
import { hashtagsIn, type Place, placesIn } from './places.ts';
import type { TextAbout } from './text-about.ts';

const MOST_NAME = 80;
const MOST_TEXT = 5_000;
const ALL = 'all';
type Kind = SavedTextView['kind'];

/** A new one, which starts with what is written in Compose, or one that is changed. */
export function SavedTextForm(props: {
  before: SavedTextView | null;
  current: string;
  about: TextAbout;
  onSaved: (text: SavedTextView) => void;
  onBack: () => void;
  onClose: () => void;
}) {
  const { before, current, about } = props;
  const { t } = useTranslation(['aids', 'common']);
  const language = useLanguage();
  const desk = useDesk();
  const tags = hashtagsIn(current);
  const startOf = (kind: Kind) => (kind === 'hashtags' ? tags : current);
  // Nothing but hashtags is a group of them.
  const isOnlyTags = tags !== '' && current.replace(/#[\p{L}\p{M}\p{N}_]+/gu, '').trim() === '';
  const [kind, setKind] = useState<Kind>(before?.kind ?? (isOnlyTags ? 'hashtags' : 'template'));
  const [name, setName] = useState(before?.name ?? '');
  const [text, setText] = useState(before?.text ?? startOf(kind));
  const [brandId, setBrandId] = useState<number | null>(
    before ? before.brandId : about.brands.length === 1 ? (about.brands[0]?.id ?? null) : null,
  );
  const [isTried, setIsTried] = useState(false);
  const save = useAction('savedText.save');

  const n = (value: number) => numberOf(value, language);
  const lengthError = (length: number, most: number) =>
    length > most
      ? t('saved.tooLong', { n: n(length), most: n(most) })
      : isTried && length === 0
        ? t('saved.needed')
        : null;
  const nameError = lengthError(name.trim().length, MOST_NAME);
  const textError = lengthError(text.trim().length, MOST_TEXT);
  const isFine = (value: string, most: number) => value.trim().length > 0 && value.trim().length <= most;
  const confirm = () => {
    setIsTried(true);
    if (!isFine(name, MOST_NAME) || !isFine(text, MOST_TEXT)) return;
    save.mutate(
      { ...(before && { id: before.id }), kind, name: name.trim(), brandId, text: text.trim() },
      { onSuccess: props.onSaved },
    );
  };
  const brands = [
    { value: ALL, label: t('saved.allBrands') },
    ...desk.brands.map((brand) => ({ value: String(brand.id), label: brand.name })),
  ];
  return (
    <Dialog
      opened
      at="side"
      width={480}
      title={before ? t('saved.changeName', { name: before.name }) : t('saved.newTitle')}
      onClose={props.onClose}
      footer={
        <>
          <Button variant="default" onClick={props.onBack}>
            {t('common:back')}
          </Button>
          <Button loading={save.isPending} onClick={confirm}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <Stack gap="sm">
        <SegmentedControl
          aria-label={t('saved.kind')}
          data={(['hashtags', 'template'] as const).map((value) => ({
            value,
            label: t(`saved.kinds.${value}`),
          }))}
          value={kind}
          onChange={(next) => {
            if (before === null && text === startOf(kind)) setText(startOf(next as Kind));
            setKind(next as Kind);
          }}
        />
        <TextInput
          data-autofocus
          required
          label={t('saved.name')}
          description={t('saved.atMost', { most: n(MOST_NAME) })}
          value={name}
          error={nameError}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') confirm();
          }}
        />
        <Select
          label={t('saved.for')}
          searchable
          data={brands}
          value={brandId === null ? ALL : String(brandId)}
          onChange={(value) => setBrandId(value === ALL || value === null ? null : Number(value))}
        />
        <Textarea
          required
          label={t(kind === 'hashtags' ? 'saved.tags' : 'saved.text')}
          description={`${t(kind === 'hashtags' ? 'saved.tagsHint' : 'saved.textHint')} ${t('saved.atMost', { most: n(MOST_TEXT) })}`}
          autosize
          minRows={kind === 'hashtags' ? 3 : 6}
          maxRows={14}
          value={text}
          error={textError}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {kind === 'template' ? <PlaceWords places={placesIn(text)} /> : null}
        <RefusalNotice error={save.error} />
      </Stack>
    </Dialog>
  );
}

/** Which places of a template fill themselves and which are asked for. */
function PlaceWords({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation('aids');
  const names = (some: readonly Place[]) => some.map(({ name }) => `{${name}}`).join(', ');
  const known = places.filter(({ known: by }) => by !== null);
  const asked = places.filter(({ known: by }) => by === null);
  if (places.length === 0) return null;
  return (
    <div role="status" style={{ fontSize: 13 }}>
      {known.length > 0 ? <div>{t('saved.known', { names: names(known) })}</div> : null}
      {asked.length > 0 ? <div>{t('saved.asked', { names: names(asked) })}</div> : null}
    </div>
  );
}
