import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import { Notice } from '../ui/notice.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import { PersonField } from '../yes/person-field.tsx';

/** Whose yes the posts need; '' leaves it to their brands, and what those ask for is said. */
export function YesField(props: {
  value: string;
  accountIds: readonly number[];
  desk: DeskIndex;
  onChange: (name: string) => void;
}) {
  const { desk, accountIds, value } = props;
  const { t } = useTranslation('yes');
  const asked = useRead('yes.read', {}).data;
  const brandIds = useMemo(
    () => [...new Set(accountIds.flatMap((id) => desk.accountById.get(id)?.brandId ?? []))],
    [accountIds, desk],
  );
  const byBrand = (asked?.brands ?? []).filter(({ brandId }) => brandIds.includes(brandId));
  return (
    <>
      <PersonField
        label={t('from')}
        description={t('fromHint')}
        brandIds={brandIds}
        value={value}
        onChange={props.onChange}
      />
      {value.trim() === '' && byBrand.length > 0 ? (
        <Notice tone="calm">
          {byBrand
            .map(({ brandId, from }) =>
              t('byBrand', { brand: desk.brandById.get(brandId)?.name ?? '', name: from }),
            )
            .join(' ')}{' '}
          {byBrand.length === brandIds.length ? t('allWait') : ''}
        </Notice>
      ) : null}
    </>
  );
}
