import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MediaThumb } from '../ui/media-thumb.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import type { Form } from './form.ts';
import css from './preview.module.css';
import { saidOn } from './variant-form.ts';

/** Roughly how it will read; no network's own look is imitated. */
export function Preview({ form, desk }: { form: Form; desk: DeskIndex }) {
  const { t } = useTranslation('compose');
  const [wanted, setWanted] = useState<number | null>(null);
  const accountId = form.accountIds.find((id) => id === wanted) ?? form.accountIds[0];
  const account = accountId === undefined ? undefined : desk.accountById.get(accountId);
  const brand = account && desk.brandById.get(account.brandId);
  const said = saidOn(form, accountId);
  const nameOf = (id: number) => {
    const one = desk.accountById.get(id);
    return one ? `${one.name} · ${one.networkName}` : '';
  };
  return (
    <div className={css.preview}>
      {form.accountIds.length > 1 ? (
        <Select
          label={t('preview.as')}
          searchable
          limit={100}
          data={form.accountIds.map((id) => ({ value: String(id), label: nameOf(id) }))}
          value={String(accountId)}
          onChange={(id) => setWanted(id === null ? null : Number(id))}
        />
      ) : null}
      <div className={css.card}>
        <div className={css.head}>
          <span
            className={css.face}
            style={{ background: brand?.colour ?? 'var(--line-strong)' }}
            aria-hidden="true"
          />
          <div className={css.who}>
            <b>{brand?.name ?? t('preview.nobody')}</b>
            <span className={css.account}>{accountId === undefined ? '' : nameOf(accountId)}</span>
          </div>
        </div>
        {said.parts.map((part, index) => (
          <div key={`part ${String(index)}`} className={css.part}>
            <p className={css.text}>{part === '' ? <em>{t('preview.noText')}</em> : part}</p>
            {index === 0 && form.media.length > 0 ? (
              <div className={css.media}>
                {form.media.map((one) => (
                  <MediaThumb
                    key={one.sha256}
                    sha256={one.sha256}
                    mime={one.mime}
                    name={one.name}
                    altText={one.altText}
                    size={form.media.length === 1 ? 200 : 96}
                  />
                ))}
              </div>
            ) : null}
            {index === 0 && said.link.trim() !== '' ? <p className={css.link}>{said.link.trim()}</p> : null}
          </div>
        ))}
      </div>
      <p className={css.note}>{t('preview.note')}</p>
    </div>
  );
}
