import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportLook } from '../../src-preload/import-views.ts';
import { AccountPicker } from '../compose/account-picker.tsx';
import { numberOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import css from './file-reading.module.css';

const NO_FITS = new Map<number, never>();
/** Of the accounts meant by one name so many are named; the rest are counted. */
const NAMED = 3;

/** Which accounts are meant by what the file calls them, one or several each. */
export function AccountNames(props: {
  look: ImportLook;
  desk: DeskIndex;
  value: Record<string, number[]>;
  onChange: (accounts: Record<string, number[]>) => void;
}) {
  const { look, desk, value } = props;
  const { t } = useTranslation('import');
  const language = useLanguage();
  const [asked, setAsked] = useState<string | null>(null);
  const n = (count: number) => numberOf(count, language);
  const nameOf = (name: string) => (name === '' ? t('file.accounts.nameless') : name);
  const chosenFor = (name: string) => (value[name] ?? []).filter((id) => desk.accountById.has(id));
  const without = look.accounts.filter(({ name }) => chosenFor(name).length === 0);
  if (desk.accountById.size === 0) return <Notice tone="warn">{t('file.accounts.noAccounts')}</Notice>;
  return (
    <>
      <p className={css.dim}>{t('file.accounts.words')}</p>
      <ul className={css.names}>
        {look.accounts.map(({ name, rows }) => {
          const ids = chosenFor(name);
          return (
            <li key={name}>
              <span className={css.name}>
                {name === '' ? <i>{nameOf(name)}</i> : <code>{name}</code>}
                <span className={css.dim}> {t('file.rows', { count: rows, n: n(rows) })}</span>
              </span>
              <span className={css.meant}>
                {ids.length === 0 ? (
                  <span className={css.warn}>
                    <IconAlertTriangle size={14} aria-hidden="true" /> {t('file.accounts.none')}
                  </span>
                ) : (
                  <>
                    {ids.slice(0, NAMED).map((id) => {
                      const account = desk.accountById.get(id);
                      const brand = account && desk.brandById.get(account.brandId);
                      return (
                        <span key={id}>
                          {brand?.name} · {account?.networkName} · {account?.name}
                        </span>
                      );
                    })}
                    {ids.length > NAMED ? (
                      <span>
                        {t('file.accounts.more', { count: ids.length - NAMED, n: n(ids.length - NAMED) })}
                      </span>
                    ) : null}
                  </>
                )}
              </span>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`${t('file.accounts.choose')} ${t('file.accounts.chooseFor', { name: nameOf(name) })}`}
                onClick={() => setAsked(name)}
              >
                {t('file.accounts.choose')}
              </Button>
            </li>
          );
        })}
      </ul>
      {look.moreAccounts > 0 ? (
        <Notice tone="warn">
          {t('file.accounts.tooMany', { count: look.moreAccounts, n: n(look.moreAccounts) })}
        </Notice>
      ) : null}
      {without.length > 0 ? (
        <p className={css.dim}>
          {t('file.accounts.without', { count: without.length, n: n(without.length) })}
        </p>
      ) : null}
      <Dialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t('file.accounts.chooseFor', { name: nameOf(asked ?? '') })}
        footer={<Button onClick={() => setAsked(null)}>{t('file.accounts.done')}</Button>}
      >
        <div className={css.picker}>
          <AccountPicker
            brands={desk.brands}
            chosen={chosenFor(asked ?? '')}
            fits={NO_FITS}
            onChange={(ids) => props.onChange({ ...value, [asked ?? '']: [...ids] })}
          />
        </div>
      </Dialog>
    </>
  );
}
