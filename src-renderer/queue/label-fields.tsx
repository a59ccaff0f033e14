import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { splitLabels } from '../ui/labels.ts';
import { LabelsInput } from '../ui/labels-input.tsx';
import type { BulkChange, BulkStep } from './bulk-actions.ts';

/** Labels to be added and taken away; each on a line of its own. */
export type LabelWish = { readonly add: string; readonly remove: string };
export const NO_LABELS: LabelWish = { add: '', remove: '' };

/** Null while nothing is asked for. */
export function changeOfLabels({ add, remove }: LabelWish): BulkChange | null {
  if (add === '' && remove === '') return null;
  return { kind: 'labels', add: [...splitLabels(add)], remove: [...splitLabels(remove)] };
}

export function LabelFields(props: {
  posts: BulkStep['posts'];
  value: LabelWish;
  onChange: (value: LabelWish) => void;
}) {
  const { posts, value, onChange } = props;
  const { t } = useTranslation('queue');
  const theirs = useMemo(() => [...new Set(posts.flatMap(({ label }) => splitLabels(label)))], [posts]);
  return (
    <>
      <LabelsInput
        label={t('bulk.labels.add')}
        description={t('bulk.labels.hint')}
        value={value.add}
        onChange={(add) => onChange({ ...value, add })}
      />
      <LabelsInput
        label={t('bulk.labels.remove')}
        also={theirs}
        value={value.remove}
        onChange={(remove) => onChange({ ...value, remove })}
      />
    </>
  );
}
