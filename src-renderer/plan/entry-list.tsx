import { ActionIcon, Button } from '@mantine/core';
import { IconArrowBackUp, IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './plan.module.css';
import { changed, moved, without } from './plan-form.ts';

type Entry = { readonly key: string };

/**
 * A list in an order that counts: entries are added, removed, brought back, and moved by buttons or with Alt+arrow from anywhere in them.
 * The focus stays with what was moved.
 */
export function EntryList<T extends Entry>(props: {
  entries: readonly T[];
  /** What the entry at this place is called, for instance 'Step 2'. */
  nameOf: (place: number) => string;
  addLabel: string;
  most: number;
  create: () => T;
  onChange: (entries: readonly T[]) => void;
  children: (entry: T, place: number, change: (part: Partial<T>) => void) => ReactNode;
}) {
  const { entries, onChange, nameOf } = props;
  const { t } = useTranslation('plan');
  const [removed, setRemoved] = useState<{ entry: T; place: number } | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const toFocus = useRef<Element | string | null>(null);

  useEffect(() => {
    const wanted = toFocus.current;
    toFocus.current = null;
    if (wanted === null || entries.length === 0) return;
    const element =
      typeof wanted === 'string'
        ? list.current?.querySelector(`[data-entry="${wanted}"] :is(input, textarea)`)
        : wanted;
    if (element instanceof HTMLElement) element.focus();
  }, [entries]);

  const move = (key: string, by: -1 | 1) => {
    const next = moved(entries, key, by);
    if (next === entries) return;
    toFocus.current = document.activeElement;
    onChange(next);
  };
  const moveByKey = (event: KeyboardEvent, key: string) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    move(key, event.key === 'ArrowUp' ? -1 : 1);
  };
  const add = () => {
    const entry = props.create();
    toFocus.current = entry.key;
    onChange([...entries, entry]);
  };
  const bringBack = () => {
    if (removed === null) return;
    toFocus.current = removed.entry.key;
    onChange([...entries.slice(0, removed.place), removed.entry, ...entries.slice(removed.place)]);
    setRemoved(null);
  };

  return (
    <>
      <ol className={styles.entries} ref={list}>
        {entries.map((entry, place) => (
          <li
            key={entry.key}
            className={styles.entry}
            data-entry={entry.key}
            onKeyDown={(event) => moveByKey(event, entry.key)}
          >
            <span className={styles.place} aria-hidden="true">
              {place + 1}
            </span>
            <div className={styles.fields}>
              {props.children(entry, place, (part) => onChange(changed(entries, entry.key, part)))}
            </div>
            <div className={styles.entryActions}>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={place === 0}
                aria-label={t('entry.up', { entry: nameOf(place) })}
                onClick={() => move(entry.key, -1)}
              >
                <IconArrowUp size={16} aria-hidden="true" />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={place === entries.length - 1}
                aria-label={t('entry.down', { entry: nameOf(place) })}
                onClick={() => move(entry.key, 1)}
              >
                <IconArrowDown size={16} aria-hidden="true" />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('entry.remove', { entry: nameOf(place) })}
                onClick={() => {
                  setRemoved({ entry, place });
                  onChange(without(entries, entry.key));
                }}
              >
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            </div>
          </li>
        ))}
      </ol>
      <div className={styles.under}>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={15} aria-hidden="true" />}
          disabled={entries.length >= props.most}
          onClick={add}
        >
          {props.addLabel}
        </Button>
        {removed ? (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconArrowBackUp size={15} aria-hidden="true" />}
            onClick={bringBack}
          >
            {t('entry.bringBack')}
          </Button>
        ) : null}
      </div>
    </>
  );
}
