import { Select } from '@mantine/core';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { zoneNamed, zonesMatching } from './zones.ts';

const MOST_SHOWN = 80;

/**
 * Every zone this computer knows, typed to be found; those in `first` are offered first. Enter takes the first that matches.
 * `onChange` is told '' for as long as the text names no zone, and the text stays with an error: no zone is ever taken silently.
 */
export function ZoneSelect(props: {
  label: string;
  description?: string;
  value: string;
  onChange: (zone: string) => void;
  error?: string | null;
  first?: readonly string[];
  width?: number;
}) {
  const { first, value } = props;
  const { t } = useTranslation('queue');
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const [isOpen, setIsOpen] = useState(false);
  const [isTyping, setIsTyping] = useState(false);
  const isLeaving = useRef(false);
  const { zones, data } = useMemo(() => {
    const near = [...new Set(first ?? [])].filter((zone) => zone !== '');
    const all = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];
    const rest = all.filter((zone) => !near.includes(zone));
    const groups = [
      { group: t('when.brandZones'), items: near },
      { group: t('when.otherZones'), items: rest },
    ];
    return { zones: [...near, ...rest], data: near.length === 0 ? rest : groups };
  }, [first, t]);
  const named = text === value ? value : zoneNamed(text, zones);
  // Changed from outside: by a draft, or by the brands of the accounts chosen.
  if (value !== seen) {
    setSeen(value);
    if (value !== '' && value !== named) setText(value);
  }

  const take = (next: string) => {
    setText(next);
    const zone = zoneNamed(next, zones);
    if (zone !== value) props.onChange(zone);
  };
  const takeFirst = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
    const hasOnlyText = named === '' && text.trim() !== '';
    if (!isTyping && !hasOnlyText) return;
    // Enter belongs to what is typed here: neither the form nor the list's own handler is to have it.
    event.preventDefault();
    event.stopPropagation();
    const list = document.getElementById(event.currentTarget.getAttribute('aria-controls') ?? '');
    const marked = list?.querySelector('[data-combobox-selected]')?.getAttribute('value') ?? '';
    const matching = zonesMatching(text, zones);
    const next = matching.includes(marked) ? marked : (matching[0] ?? '');
    if (next !== '') take(next);
    setIsOpen(false);
    setIsTyping(false);
  };
  const wrong = isOpen || named !== '' ? null : t(text.trim() === '' ? 'when.zoneMissing' : 'when.noZone');
  return (
    <Select
      label={props.label}
      description={props.description}
      {...(props.width !== undefined && { w: props.width })}
      // While somebody types, the list holds what matches: with a value it would hold all, and Enter would take the first of all.
      value={isTyping ? '' : named}
      // Hundreds of zones are made a list of when it is opened.
      data={isOpen || isTyping ? data : named === '' ? [] : [named]}
      searchable
      searchValue={text}
      selectFirstOptionOnChange
      allowDeselect={false}
      openOnFocus={false}
      nothingFoundMessage={t('when.noZone')}
      limit={MOST_SHOWN}
      filter={({ options, search }) => {
        const matching = new Set(zonesMatching(search, zones));
        const keep = (one: { value: string }) => matching.has(one.value);
        let room = MOST_SHOWN;
        const cut = <T,>(items: T[]) => {
          const kept = items.slice(0, room);
          room -= kept.length;
          return kept;
        };
        return options.flatMap((option): typeof options => {
          if (!('group' in option)) return keep(option as { value: string }) ? cut([option]) : [];
          const items = cut(option.items.filter((item) => keep(item as { value: string })));
          return items.length === 0 ? [] : [{ ...option, items }];
        });
      }}
      error={wrong ?? props.error ?? null}
      dropdownOpened={isOpen}
      onDropdownOpen={() => setIsOpen(true)}
      onDropdownClose={() => {
        setIsOpen(false);
        setIsTyping(false);
      }}
      onSearchChange={(next) => {
        // Leaving the field, Mantine puts another text in the place of what was typed.
        if (isLeaving.current || next === text) return;
        setIsTyping(true);
        take(next);
      }}
      onChange={(zone) => {
        if (zone === null) return;
        setIsTyping(false);
        take(zone);
      }}
      onKeyDownCapture={takeFirst}
      onBlurCapture={() => {
        isLeaving.current = true;
      }}
      onBlur={() => {
        isLeaving.current = false;
        setIsTyping(false);
      }}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
