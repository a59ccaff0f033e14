import { TagsInput } from '@mantine/core';
import { useRead } from '../api.ts';
import { joinLabels, splitLabels } from './labels.ts';

const MOST_LABELS = 20;
const MOST_LETTERS = 200;

/** Labels of a post as chips, with those in use to choose from. `value`: each on a line of its own. */
export function LabelsInput(props: {
  label: string;
  value: string;
  description?: string;
  isNested?: boolean;
  /** Offered first, beside those in use. */
  also?: readonly string[];
  onChange: (value: string) => void;
}) {
  const inUse = useRead('label.list', {});
  const data = [...new Set([...(props.also ?? []), ...(inUse.data ?? [])])];
  return (
    <TagsInput
      label={props.label}
      {...(props.description !== undefined && { description: props.description })}
      data={data}
      limit={50}
      value={[...splitLabels(props.value)]}
      maxTags={MOST_LABELS}
      splitChars={[',', ';', '\n']}
      acceptValueOnBlur
      comboboxProps={{ withinPortal: !props.isNested }}
      onChange={(labels) => props.onChange(joinLabels(labels.map((label) => label.slice(0, MOST_LETTERS))))}
    />
  );
}
