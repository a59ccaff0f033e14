import { PasswordInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SettingFieldView } from '../../src-preload/views.ts';
import { wordsIn } from '../i18n/french-spaces.ts';
import { useLanguage } from '../time.ts';

export type FieldValues = Readonly<Record<string, string>>;

/** What the form starts with. */
export function initialValues(fields: readonly SettingFieldView[], known: FieldValues = {}): FieldValues {
  return Object.fromEntries(
    fields.map((field) => [field.key, known[field.key] ?? field.initial ?? field.choices?.[0] ?? '']),
  );
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** https, or http on this computer. */
export function isGoodUrl(text: string): boolean {
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
  } catch {
    return false;
  }
}

/** Which fields keep the form from being sent: 'missing' or 'url' by key. */
export function fieldProblems(
  fields: readonly SettingFieldView[],
  values: FieldValues,
): Readonly<Record<string, 'missing' | 'url'>> {
  const problems: Record<string, 'missing' | 'url'> = {};
  for (const field of fields) {
    const value = (values[field.key] ?? '').trim();
    if (value === '') {
      if (!field.optional) problems[field.key] = 'missing';
    } else if (field.kind === 'url' && !isGoodUrl(value)) problems[field.key] = 'url';
  }
  return problems;
}

/** Inputs for whatever a network asks for; this knows no network. */
export function SettingFields(props: {
  fields: readonly SettingFieldView[];
  values: FieldValues;
  problems: Readonly<Record<string, 'missing' | 'url'>>;
  onChange: (values: FieldValues) => void;
}) {
  const { t, i18n } = useTranslation('desk');
  const { t: common } = useTranslation('common');
  const language = useLanguage();
  return props.fields.map((field) => {
    const problem = props.problems[field.key];
    const hint = field.hint && wordsIn(language, field.hint);
    const label = wordsIn(language, field.label);
    const shared = {
      label: field.optional ? `${label} (${common('optional')})` : label,
      description:
        field.kind === 'secret' ? [hint, t('connecting.secretKept')].filter(Boolean).join(' ') : hint,
      error: problem ? t(problem === 'url' ? 'connecting.badUrl' : 'connecting.missing') : null,
      value: props.values[field.key] ?? '',
    };
    const set = (value: string) => props.onChange({ ...props.values, [field.key]: value });
    if (field.kind === 'choice')
      return (
        <Select
          key={field.key}
          {...shared}
          data={(field.choices ?? []).map((value) => ({
            value,
            label: i18n.exists(`desk:choice.${value}`) ? t(`choice.${value as 'normal'}`) : value,
          }))}
          onChange={(value) => set(value ?? '')}
        />
      );
    if (field.kind === 'secret')
      return (
        <PasswordInput
          key={field.key}
          {...shared}
          visibilityToggleButtonProps={{ 'aria-label': t('connecting.showSecret') }}
          autoComplete="off"
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
    return (
      <TextInput
        key={field.key}
        {...shared}
        type={field.kind === 'url' ? 'url' : 'text'}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => set(event.currentTarget.value)}
      />
    );
  });
}
