import { type ComboboxItem, Select, type SelectProps } from '@mantine/core';
import { useMemo, useState } from 'react';

type Group = { readonly group: string; readonly items: readonly ComboboxItem[] };

/** A choice among many that costs as much as one until the focus is in it: all brands or accounts are only then made a list of. */
export function LazySelect(
  props: Omit<SelectProps, 'data' | 'value' | 'onFocus'> & {
    data: readonly (ComboboxItem | Group)[];
    value: string | null;
  },
) {
  const { data, value, ...rest } = props;
  const [isUsed, setIsUsed] = useState(false);
  const shown = useMemo(() => {
    if (isUsed) return data.map((one) => ('group' in one ? { ...one, items: [...one.items] } : one));
    return data.flatMap((one) => ('group' in one ? one.items : [one])).filter((one) => one.value === value);
  }, [data, value, isUsed]);
  return <Select {...rest} data={shown} value={value} onFocus={() => setIsUsed(true)} />;
}
