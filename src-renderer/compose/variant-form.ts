/** What some accounts say in their own words. Changing the shared text never touches it. */
export type FormVariant = {
  readonly accountIds: readonly number[];
  readonly parts: readonly string[];
  readonly link: string;
};

type Text = { readonly parts: readonly string[]; readonly link: string };
type Said = Text & { readonly variants: readonly FormVariant[] };
type Chosen = { readonly accountIds: readonly number[]; readonly variants: readonly FormVariant[] };

/** The chosen accounts that say the shared text. */
export function followersOf(form: Chosen): readonly number[] {
  const own = new Set(form.variants.flatMap(({ accountIds }) => accountIds));
  return form.accountIds.filter((id) => !own.has(id));
}

/** The variants with those of their accounts that are chosen; none without one. */
export function variantsInUse(form: Chosen): readonly FormVariant[] {
  if (form.variants.length === 0) return form.variants;
  const chosen = new Set(form.accountIds);
  return form.variants
    .map((variant) => ({ ...variant, accountIds: variant.accountIds.filter((id) => chosen.has(id)) }))
    .filter(({ accountIds }) => accountIds.length > 0);
}

/** The text and link an account says. */
export function saidOn(form: Said, accountId: number | undefined): Text {
  const own =
    accountId === undefined
      ? undefined
      : form.variants.find(({ accountIds }) => accountIds.includes(accountId));
  return own ?? form;
}

/** With a text of their own for these accounts, which begins as what they said until now. */
export function writtenDifferently(form: Said, accountIds: readonly number[]): readonly FormVariant[] {
  const { parts, link } = saidOn(form, accountIds[0]);
  return [...withoutAccounts(form.variants, accountIds), { accountIds, parts, link }];
}

/** A variant for other accounts than before; what they said elsewhere goes with them no longer. At least one stays. */
export function forAccounts(
  variants: readonly FormVariant[],
  place: number,
  accountIds: readonly number[],
): readonly FormVariant[] {
  if (accountIds.length === 0) return variants;
  return variants
    .map((variant, index) =>
      index === place
        ? { ...variant, accountIds }
        : { ...variant, accountIds: variant.accountIds.filter((id) => !accountIds.includes(id)) },
    )
    .filter((variant) => variant.accountIds.length > 0);
}

/** Puts a variant back where it was, except for accounts that got another text since. */
export function putBack(
  variants: readonly FormVariant[],
  place: number,
  variant: FormVariant,
): readonly FormVariant[] {
  const own = new Set(variants.flatMap(({ accountIds }) => accountIds));
  const accountIds = variant.accountIds.filter((id) => !own.has(id));
  if (accountIds.length === 0) return variants;
  return [...variants.slice(0, place), { ...variant, accountIds }, ...variants.slice(place)];
}

function withoutAccounts(
  variants: readonly FormVariant[],
  accountIds: readonly number[],
): readonly FormVariant[] {
  const gone = new Set(accountIds);
  return variants
    .map((variant) => ({ ...variant, accountIds: variant.accountIds.filter((id) => !gone.has(id)) }))
    .filter((variant) => variant.accountIds.length > 0);
}
