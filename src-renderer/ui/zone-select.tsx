import { Select } from '@mantine/core';
import { useMemo } from 'react';

/** Every zone this computer knows, typed to be found; those in `first` are offered first. */
export function ZoneSelect(props: {
  label: string;
  description?: string;
  value: string;
  onChange: (zone: string) => void;
  error?: string | null;
  first?: readonly string[];
}) {
  const { first } = props;
  const zones = useMemo(() => {
    const all = Intl.supportedValuesOf('timeZone');
    const near = [...new Set(first ?? [])];
    return [...near, ...['UTC', ...all].filter((zone) => !near.includes(zone))];
  }, [first]);
  return (
    <Select
      label={props.label}
      description={props.description}
      value={props.value || null}
      data={zones}
      searchable
      limit={60}
      error={props.error ?? null}
      onChange={(zone) => props.onChange(zone ?? '')}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
