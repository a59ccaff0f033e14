import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedTextView } from '../../../src-preload/aid-views.ts';
import { useLanguage } from '../../time.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { fillPlaces, knownValue, type Place, placesIn } from './places.ts';
import css from './saved-texts.module.css';
import type { TextAbout } from './text-about.ts';

/** Asks what stands in the places of a template; what is known stands there already and may be changed. */
export function FillPlaces(props: {
  text: SavedTextView;
  about: TextAbout;
  onInsert: (text: string) => void;
  onBack: () => void;
  onClose: () => void;
}) {
  const { text, about } = props;
  const { t } = useTranslation(['aids', 'common']);
  const language = useLanguage();
  const places = placesIn(text.text);
  const [values, setValues] = useState<ReadonlyMap<string, string>>(
    () => new Map(places.map(({ key, known }) => [key, knownValue(known, about, language)])),
  );
  const [isTried, setIsTried] = useState(false);
  const isLacking = ({ key }: Place) => (values.get(key) ?? '').trim() === '';
  const first = places.find(isLacking) ?? places[0];
  const [focused] = useState(first?.key);

  const confirm = () => {
    setIsTried(true);
    if (!places.some(isLacking)) props.onInsert(fillPlaces(text.text, values));
  };
  const hintOf = ({ known }: Place) => {
    if (known === null) return t('fill.unknown');
    if (known === 'brand' && about.brands.length > 1) return t('fill.manyBrands');
    return t(`fill.${known}`);
  };
  return (
    <Dialog
      opened
      at="side"
      width={480}
      title={t('fill.title', { name: text.name })}
      onClose={props.onClose}
      footer={
        <>
          <Button variant="default" onClick={props.onBack}>
            {t('common:back')}
          </Button>
          <Button onClick={confirm}>{t('fill.insert')}</Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <Stack gap="sm">
          {places.map((place) => (
            <TextInput
              key={place.key}
              {...(place.key === focused && { 'data-autofocus': true })}
              label={`{${place.name}}`}
              description={hintOf(place)}
              value={values.get(place.key) ?? ''}
              error={isTried && isLacking(place) ? t('fill.needed') : null}
              onChange={(event) => setValues(new Map(values).set(place.key, event.currentTarget.value))}
            />
          ))}
          <p className={css.preview}>{fillPlaces(text.text, values)}</p>
        </Stack>
        <button type="submit" hidden tabIndex={-1} />
      </form>
    </Dialog>
  );
}
