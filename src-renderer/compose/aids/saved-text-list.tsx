import { ActionIcon, Checkbox, TextInput, Tooltip } from '@mantine/core';
import { IconPencil, IconSearch, IconTemplate, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedTextView } from '../../../src-preload/aid-views.ts';
import { plainOf } from '../../accounts/desk-rows.ts';
import { Empty } from '../../ui/empty.tsx';
import { useDesk } from '../../ui/use-desk.ts';
import css from './saved-texts.module.css';
import type { TextAbout } from './text-about.ts';

const KINDS = ['hashtags', 'template'] as const;

/** Searchable; Enter in the search inserts the first, the arrows go through the list. */
export function SavedTextList(props: {
  texts: readonly SavedTextView[] | undefined;
  about: TextAbout;
  onChoose: (text: SavedTextView) => void;
  onChange: (text: SavedTextView) => void;
  onRemove: (text: SavedTextView) => void;
}) {
  const { texts = [], about } = props;
  const { t } = useTranslation('aids');
  const desk = useDesk();
  const box = useRef<HTMLDivElement>(null);
  const headingId = useId();
  const [search, setSearch] = useState('');
  const [withOthers, setWithOthers] = useState(false);

  const chosen = new Set(about.brands.map(({ id }) => id));
  const isOther = ({ brandId }: SavedTextView) => brandId !== null && chosen.size > 0 && !chosen.has(brandId);
  const whose = ({ brandId }: SavedTextView) =>
    brandId === null ? t('saved.allBrands') : (desk.brandById.get(brandId)?.name ?? '');
  const wanted = plainOf(search.trim());
  const matches = (text: SavedTextView) =>
    wanted === '' || plainOf(`${text.name} ${text.text} ${whose(text)}`).includes(wanted);
  const shown = texts.filter((text) => matches(text) && (withOthers || !isOther(text)));
  const inOrder = KINDS.flatMap((kind) => {
    const own = shown.filter((text) => text.kind === kind);
    // Those of a chosen brand before those of all.
    return [...own.filter(({ brandId }) => brandId !== null), ...own.filter((text) => text.brandId === null)];
  });

  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const rows = [...(box.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const now = rows.findIndex((row) => row.parentElement?.contains(document.activeElement));
    const next = rows[now + step];
    event.preventDefault();
    if (next) next.focus();
    else if (step < 0) box.current?.querySelector('input')?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows only move the focus between what is inside.
    <div ref={box} onKeyDown={move}>
      <div className={css.head}>
        <TextInput
          data-autofocus
          className={css.search ?? ''}
          aria-label={t('saved.search')}
          placeholder={t('saved.search')}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = inOrder;
            if (event.key === 'Enter' && first) {
              event.preventDefault();
              props.onChoose(first);
            }
          }}
        />
      </div>
      {props.texts !== undefined && inOrder.length === 0 ? (
        <Empty icon={IconTemplate} title={t(wanted === '' ? 'saved.none' : 'saved.notFound')}>
          {wanted === '' ? t('saved.noneWords') : null}
        </Empty>
      ) : null}
      {KINDS.map((kind) => {
        const own = inOrder.filter((text) => text.kind === kind);
        if (own.length === 0) return null;
        return (
          <section key={kind} aria-labelledby={`${headingId}${kind}`}>
            <h3 id={`${headingId}${kind}`} className={css.group}>
              {t(`saved.kinds.${kind}`)}
            </h3>
            <ul className={css.list}>
              {own.map((text) => (
                <li key={text.id} className={css.one}>
                  <button
                    type="button"
                    data-row=""
                    className={css.insert}
                    onClick={() => props.onChoose(text)}
                  >
                    <span className={css.name}>
                      <span>{text.name}</span>
                      <span className={css.whose}>{whose(text)}</span>
                    </span>
                    <span className={css.excerpt}>{text.text}</span>
                  </button>
                  <Tooltip label={t('saved.change')}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('saved.changeName', { name: text.name })}
                      onClick={() => props.onChange(text)}
                    >
                      <IconPencil size={16} aria-hidden="true" />
                    </ActionIcon>
                  </Tooltip>
                  <Tooltip label={t('saved.remove')}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('saved.removeName', { name: text.name })}
                      onClick={() => props.onRemove(text)}
                    >
                      <IconTrash size={16} aria-hidden="true" />
                    </ActionIcon>
                  </Tooltip>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {texts.some(isOther) ? (
        <Checkbox
          className={css.others ?? ''}
          size="xs"
          label={t('saved.withOthers')}
          checked={withOthers}
          onChange={(event) => setWithOthers(event.currentTarget.checked)}
        />
      ) : null}
    </div>
  );
}
