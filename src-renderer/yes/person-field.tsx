import { Autocomplete } from '@mantine/core';
import { useMemo } from 'react';
import { useRead } from '../api.ts';

/** The name of one person: typed, or one of those who decide for these brands. */
export function PersonField(props: {
  label: string;
  description?: string;
  error?: string | null;
  brandIds: readonly number[];
  value: string;
  isFirst?: boolean;
  onChange: (name: string) => void;
}) {
  const plans = useRead('plan.list', {}).data;
  const asked = useRead('yes.read', {}).data;
  const names = useMemo(() => {
    const mine = (brandId: number) => props.brandIds.includes(brandId);
    return [
      ...new Set([
        ...(asked?.brands ?? []).filter(({ brandId }) => mine(brandId)).map(({ from }) => from),
        ...(plans ?? [])
          .filter(({ brandId }) => mine(brandId))
          .flatMap(({ decisionMakers }) => decisionMakers.map(({ name }) => name.trim())),
      ]),
    ].filter((name) => name !== '');
  }, [plans, asked, props.brandIds]);
  return (
    <Autocomplete
      label={props.label}
      description={props.description}
      error={props.error ?? null}
      value={props.value}
      data={names}
      maxLength={200}
      {...(props.isFirst && { 'data-autofocus': true })}
      onChange={props.onChange}
    />
  );
}
