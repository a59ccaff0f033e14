import { ActionIcon, Button, Select, TextInput, Tooltip } from '@mantine/core';
import { IconAt, IconSearch, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MentionView } from '../../../src-preload/aid-views.ts';
import { useAction, useRead } from '../../api.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Notice } from '../../ui/notice.tsx';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import { useDesk } from '../../ui/use-desk.ts';
import { MentionWords } from './mention-suggestions.tsx';
import { findMentions } from './mention-token.ts';
import css from './mentions.module.css';
import saved from './saved-texts.module.css';
import type { TextAbout } from './text-about.ts';

/** More are found by typing. */
const SHOWN = 100;
const ALL = 'all';

/** Everybody who can be mentioned; whom people keep is kept and removed here. */
export function MentionsDialog(props: {
  about: TextAbout;
  onInsert: (handle: string) => void;
  onClose: () => void;
}) {
  const { about } = props;
  const { t } = useTranslation(['aids', 'common']);
  const read = useRead('mention.list', { accountIds: about.accountIds.slice(0, 1_000) }, { fresh: true });
  const [search, setSearch] = useState('');
  const [gone, setGone] = useState<MentionView | null>(null);
  const remove = useAction('mention.remove');
  const keep = useAction('mention.keep');
  const box = useRef<HTMLDivElement>(null);
  const shown = findMentions(read.data ?? [], search.trim(), SHOWN);
  const toSearch = () => box.current?.querySelector('input')?.focus();
  const desk = useDesk();

  const takeBack = () => {
    if (!gone || keep.isPending) return;
    const brandId = desk.brands.find(({ name }) => name === gone.brand)?.id ?? null;
    keep.mutate(
      { brandId, network: gone.network, handle: gone.handle },
      {
        onSuccess: () => {
          setGone(null);
          toSearch();
        },
      },
    );
  };
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || (event.target instanceof HTMLInputElement && step < 0)) return;
    const rows = [...(box.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const next = rows[rows.findIndex((row) => row.parentElement?.contains(document.activeElement)) + step];
    event.preventDefault();
    if (next) next.focus();
    else if (step < 0) toSearch();
  };
  return (
    <Dialog opened at="side" width={480} title={t('mentions.title')} onClose={props.onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows only move the focus between what is inside. */}
      <div ref={box} onKeyDown={move}>
        <TextInput
          data-autofocus
          mb={12}
          aria-label={t('mentions.search')}
          placeholder={t('mentions.search')}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = shown;
            if (event.key !== 'Enter' || !first) return;
            event.preventDefault();
            props.onInsert(first.handle);
          }}
        />
        <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />
        <RefusalNotice error={remove.error ?? keep.error} />
        {gone ? (
          <Notice
            tone="good"
            action={
              <Button size="compact-sm" variant="default" onClick={takeBack}>
                {t('common:undo')}
              </Button>
            }
          >
            <span role="status">{t('mentions.removed', { handle: gone.handle })}</span>
          </Notice>
        ) : null}
        {read.data !== undefined && shown.length === 0 ? (
          <Empty icon={IconAt} title={t(search.trim() === '' ? 'mentions.none' : 'mentions.notFound')}>
            {t('mentions.noneWords')}
          </Empty>
        ) : null}
        <ul className={saved.list}>
          {shown.map((one) => (
            <li key={`${one.network} ${one.handle}`} className={saved.one}>
              <button
                type="button"
                data-row=""
                className={`${saved.insert} ${css.row}`}
                onClick={() => props.onInsert(one.handle)}
              >
                <MentionWords one={one} />
              </button>
              {one.keptId === null ? null : (
                <Tooltip label={t('saved.remove')}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('saved.removeName', { name: one.handle })}
                    onClick={() =>
                      remove.mutate(
                        { id: one.keptId ?? 0 },
                        {
                          onSuccess: () => {
                            setGone(one);
                            toSearch();
                          },
                        },
                      )
                    }
                  >
                    <IconTrash size={16} aria-hidden="true" />
                  </ActionIcon>
                </Tooltip>
              )}
            </li>
          ))}
        </ul>
      </div>
      <KeepHandle about={about} typed={search} />
    </Dialog>
  );
}

/** Keeps a handle for a brand or for all. */
function KeepHandle({ about, typed }: { about: TextAbout; typed: string }) {
  const { t } = useTranslation(['aids', 'common']);
  const desk = useDesk();
  const read = useRead('network.list', {});
  const networks = (read.data ?? []).filter(({ canMention }) => canMention);
  const chosen = new Set(about.accountIds.map((id) => desk.accountById.get(id)?.network));
  const fitting = networks.filter(({ network }) => chosen.size === 0 || chosen.has(network));
  const [handle, setHandle] = useState<string | null>(null);
  const [network, setNetwork] = useState<string | null>(null);
  const [brandId, setBrandId] = useState<number | null>(
    about.brands.length === 1 ? (about.brands[0]?.id ?? null) : null,
  );
  const keep = useAction('mention.keep');
  const wanted = handle ?? typed.trim();
  const on = network ?? fitting[0]?.network ?? networks[0]?.network ?? null;
  const isRefused = keep.error?.code === 'handle-invalid';
  return (
    <form
      className={css.keep}
      aria-label={t('mentions.keepTitle')}
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted === '' || on === null) return;
        keep.mutate({ brandId, network: on, handle: wanted }, { onSuccess: () => setHandle('') });
      }}
    >
      <h3 className={saved.group}>{t('mentions.keepTitle')}</h3>
      <TextInput
        label={t('mentions.handle')}
        value={wanted}
        maxLength={300}
        error={isRefused ? keep.error?.message : null}
        onChange={(event) => {
          keep.reset();
          setHandle(event.currentTarget.value);
        }}
      />
      <div className={css.two}>
        <Select
          label={t('common:network')}
          data={networks.map((one) => ({ value: one.network, label: one.name }))}
          value={on}
          onChange={setNetwork}
        />
        <Select
          label={t('saved.for')}
          searchable
          data={[
            { value: ALL, label: t('saved.allBrands') },
            ...desk.brands.map((brand) => ({ value: String(brand.id), label: brand.name })),
          ]}
          value={brandId === null ? ALL : String(brandId)}
          onChange={(value) => setBrandId(value === ALL || value === null ? null : Number(value))}
        />
      </div>
      <div>
        <Button type="submit" variant="default" loading={keep.isPending} disabled={wanted === ''}>
          {t('mentions.keep')}
        </Button>
        {keep.isSuccess ? (
          <span role="status" className={css.kept}>
            {t('mentions.kept', { handle: keep.data.handle })}
          </span>
        ) : null}
      </div>
      <RefusalNotice error={isRefused ? null : keep.error} />
    </form>
  );
}
