import { Button, MultiSelect, Select, TextInput, Tooltip } from '@mantine/core';
import { IconPencilPlus, IconPlus } from '@tabler/icons-react';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FitView } from '../../src-preload/views.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import { useTextAbout } from './aids/text-about.ts';
import type { Tightest } from './fit.ts';
import type { Form } from './form.ts';
import { TextParts } from './text-parts.tsx';
import {
  type FormVariant,
  followersOf,
  forAccounts,
  putBack,
  variantsInUse,
  writtenDifferently,
} from './variant-form.ts';
import css from './variants.module.css';

const NAMES_SHOWN = 4;
/** Lists of accounts are searched when they are longer. */
const LISTED = 100;

/** `lune · Bluesky, soleil · Bluesky and 3 more`. */
function useNames(desk: DeskIndex): (accountIds: readonly number[]) => string {
  const { t } = useTranslation('adapt');
  const language = useLanguage();
  return (accountIds) => {
    const names = accountIds.slice(0, NAMES_SHOWN).map((id) => nameOf(desk, id) ?? t('gone'));
    const rest = accountIds.length - names.length;
    return `${names.join(', ')}${rest > 0 ? ` ${t('more', { count: rest, n: numberOf(rest, language) })}` : ''}`;
  };
}

function nameOf(desk: DeskIndex, accountId: number): string | null {
  const account = desk.accountById.get(accountId);
  return account ? `${account.name} · ${account.networkName}` : null;
}

/** Under a thread: which networks have none, and one step by which their accounts say it in one part. */
export function NoThreads(props: {
  form: Form;
  fits: ReadonlyMap<number, FitView>;
  desk: DeskIndex;
  onOnePart: (variants: readonly FormVariant[]) => void;
}) {
  const { form, fits, desk } = props;
  const { t } = useTranslation('adapt');
  const language = useLanguage();
  if (form.parts.length < 2) return null;
  const without = followersOf(form).filter((id) => fits.get(id)?.threads === false);
  if (without.length === 0) return null;
  const networks = new Set(without.map((id) => desk.accountById.get(id)?.networkName ?? ''));
  const parts = [form.parts.map((part) => part.trim()).join('\n\n')];
  return (
    <Notice
      tone="warn"
      action={
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => props.onOnePart(writtenDifferently({ ...form, parts }, without))}
        >
          {t('thread.onePart')}
        </Button>
      }
    >
      {t('thread.none', {
        count: without.length,
        n: numberOf(without.length, language),
        networks: [...networks].join(', '),
      })}
    </Notice>
  );
}

/** Under the shared text: which of the chosen accounts do not say it. */
export function NotFollowing({ form, desk }: { form: Form; desk: DeskIndex }) {
  const { t } = useTranslation('adapt');
  const namesOf = useNames(desk);
  const own = variantsInUse(form).flatMap(({ accountIds }) => accountIds);
  if (own.length === 0) return null;
  return (
    <p className={css.notFollowing} role="status">
      {followersOf(form).length === 0 ? t('nobodyFollows') : t('notFollowing', { names: namesOf(own) })}
    </p>
  );
}

/** The texts of accounts that say it in their own words, and the way to write one more. Needs a key for each form that is opened. */
export function Variants(props: {
  form: Form;
  desk: DeskIndex;
  tightestOn: (accountIds: readonly number[], parts: readonly string[]) => readonly (Tightest | null)[];
  onChange: (change: (variants: readonly FormVariant[]) => readonly FormVariant[]) => void;
}) {
  const { form, desk, onChange } = props;
  const { t } = useTranslation(['adapt', 'common']);
  const namesOf = useNames(desk);
  const [gone, setGone] = useState<{ place: number; variant: FormVariant } | null>(null);
  return (
    <>
      {form.variants.map((variant, place) => (
        <VariantCard
          // Variants have no identity of their own: an account is in one of them only.
          key={`variant ${String(variant.accountIds[0])}`}
          variant={variant}
          form={form}
          desk={desk}
          names={namesOf(variant.accountIds)}
          tightestOn={props.tightestOn}
          onChange={(part) =>
            onChange((all) => all.map((one, index) => (index === place ? { ...one, ...part } : one)))
          }
          onAccounts={(accountIds) => onChange((all) => forAccounts(all, place, accountIds))}
          onAsOthers={() => {
            setGone({ place, variant });
            onChange((all) => all.filter((_, index) => index !== place));
          }}
        />
      ))}
      {gone === null ? null : (
        <Notice
          tone="calm"
          action={
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                onChange((all) => putBack(all, gone.place, gone.variant));
                setGone(null);
              }}
            >
              {t('common:undo')}
            </Button>
          }
        >
          <span role="status">{t('back', { names: namesOf(gone.variant.accountIds) })}</span>
        </Notice>
      )}
      <AddVariant
        form={form}
        desk={desk}
        onAdd={(accountIds) => {
          setGone(null);
          onChange((all) => writtenDifferently({ ...form, variants: all }, accountIds));
        }}
      />
    </>
  );
}

function VariantCard(props: {
  variant: FormVariant;
  form: Form;
  desk: DeskIndex;
  names: string;
  tightestOn: (accountIds: readonly number[], parts: readonly string[]) => readonly (Tightest | null)[];
  onChange: (part: Partial<FormVariant>) => void;
  onAccounts: (accountIds: readonly number[]) => void;
  onAsOthers: () => void;
}) {
  const { variant, form, desk } = props;
  const { t } = useTranslation(['adapt', 'compose']);
  const language = useLanguage();
  const headId = useId();
  const [isChanging, setIsChanging] = useState(false);
  const { accountIds, link } = variant;
  const about = useTextAbout({ accountIds, link, when: form.when }, desk);
  const chosen = new Set(form.accountIds);
  const away = variant.accountIds.filter((id) => !chosen.has(id)).length;
  const networkOf = (id: number) => desk.accountById.get(id)?.networkName;
  const networks = new Set(variant.accountIds.map(networkOf));
  const others = followersOf(form).filter((id) => networks.has(networkOf(id)));
  return (
    <section className={css.card} aria-labelledby={headId}>
      <div className={css.head}>
        <h2 id={headId} className={css.title}>
          {t('own', { names: props.names })}
        </h2>
        <div className={css.buttons}>
          <Button size="compact-sm" variant="subtle" onClick={() => setIsChanging(!isChanging)}>
            {isChanging ? t('changeDone') : t('change')}
          </Button>
          <Tooltip label={t('asOthersHint')}>
            <Button size="compact-sm" variant="default" onClick={props.onAsOthers}>
              {t('asOthers')}
            </Button>
          </Tooltip>
        </div>
      </div>
      {others.length === 0 ? null : (
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            onClick={() => props.onAccounts([...variant.accountIds, ...others])}
          >
            {t('also', {
              count: others.length,
              n: numberOf(others.length, language),
              networks: [...new Set(others.map(networkOf))].join(', '),
            })}
          </Button>
        </div>
      )}
      {isChanging ? (
        <AccountsOf variant={variant} form={form} desk={desk} onChange={props.onAccounts} />
      ) : null}
      <TextParts
        parts={variant.parts}
        tightest={props.tightestOn(variant.accountIds, variant.parts)}
        about={about}
        thread={{ accountIds, link: link.trim(), media: form.media }}
        onChange={(parts) => props.onChange({ parts })}
      />
      <TextInput
        label={t('compose:link')}
        placeholder="https://"
        value={variant.link}
        maxLength={4_096}
        onChange={(event) => props.onChange({ link: event.currentTarget.value })}
      />
      {away === 0 ? null : (
        <p className={css.away}>
          {away === variant.accountIds.length
            ? t('notChosen')
            : t('someNotChosen', { count: away, n: numberOf(away, language) })}
        </p>
      )}
    </section>
  );
}

/** Which accounts say it: those that do, and the chosen ones that say the shared text. */
function AccountsOf(props: {
  variant: FormVariant;
  form: Form;
  desk: DeskIndex;
  onChange: (accountIds: readonly number[]) => void;
}) {
  const { variant, form, desk } = props;
  const { t } = useTranslation('adapt');
  const listed = [...variant.accountIds, ...followersOf(form)];
  return (
    <MultiSelect
      label={t('for')}
      searchable
      limit={LISTED}
      nothingFoundMessage={t('nothingFound')}
      data={listed.map((id) => ({ value: String(id), label: nameOf(desk, id) ?? t('gone') }))}
      value={variant.accountIds.map(String)}
      onChange={(values) => props.onChange(values.map(Number))}
    />
  );
}

function AddVariant(props: { form: Form; desk: DeskIndex; onAdd: (accountIds: readonly number[]) => void }) {
  const { form, desk } = props;
  const { t } = useTranslation('adapt');
  const language = useLanguage();
  const [search, setSearch] = useState('');
  const { accountIds, variants } = form;
  const followers = useMemo(() => followersOf({ accountIds, variants }), [accountIds, variants]);
  const byNetwork = useMemo(() => {
    const found = new Map<string, number[]>();
    for (const id of followers) {
      const network = desk.accountById.get(id)?.networkName;
      if (network === undefined) continue;
      const known = found.get(network);
      if (known) known.push(id);
      else found.set(network, [id]);
    }
    return found;
  }, [followers, desk]);
  // A thousand accounts are not named again at every key.
  const data = useMemo(
    () =>
      [
        {
          group: t('networks'),
          items: [...byNetwork]
            .filter(([, ids]) => ids.length > 1)
            .map(([network, ids]) => ({
              value: `network ${network}`,
              label: t('allOn', { count: ids.length, n: numberOf(ids.length, language), network }),
            })),
        },
        {
          group: t('accounts'),
          items: followers.flatMap((id) => {
            const label = nameOf(desk, id);
            return label === null ? [] : [{ value: String(id), label }];
          }),
        },
      ].filter(({ items }) => items.length > 0),
    [byNetwork, followers, desk, language, t],
  );
  if (followers.length === 0) return null;
  return (
    <Select
      className={css.add ?? ''}
      aria-label={t('add')}
      placeholder={t('add')}
      description={t('addHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      leftSection={<IconPencilPlus size={16} aria-hidden="true" />}
      searchable
      limit={LISTED}
      nothingFoundMessage={t('nothingFound')}
      data={data}
      value={null}
      searchValue={search}
      onSearchChange={setSearch}
      onChange={(value) => {
        setSearch('');
        if (value === null) return;
        const network = value.startsWith('network ') ? byNetwork.get(value.slice(8)) : undefined;
        props.onAdd(network ?? [Number(value)]);
      }}
    />
  );
}
