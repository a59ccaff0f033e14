import { Select } from '@mantine/core';
import { useRead } from '../api.ts';

/** Of which label posts are shown; '' is any. Inside a popover that keeps the focus. */
export function LabelFilter(props: {
  label: string;
  any: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { value } = props;
  const { data = [] } = useRead('label.list', {});
  return (
    <Select
      label={props.label}
      placeholder={props.any}
      searchable
      clearable
      limit={200}
      data={value === '' || data.includes(value) ? data : [value, ...data]}
      value={value === '' ? null : value}
      comboboxProps={{ withinPortal: false }}
      onChange={(label) => props.onChange(label ?? '')}
    />
  );
}
