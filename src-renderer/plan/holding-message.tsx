import { Textarea } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanLanguage } from '../../src-preload/plan-views.ts';
import type { BrandView, FitView } from '../../src-preload/views.ts';
import { useFit } from '../compose/fit.ts';
import { EMPTY_FORM } from '../compose/form.ts';
import { Problems } from '../compose/problems.tsx';
import { numberOf, useLanguage } from '../time.ts';
import { type DeskIndex, useDesk } from '../ui/use-desk.ts';
import styles from './plan.module.css';

/** The message with its counts: one for each network of the brand, the tightest of its accounts. */
export function HoldingMessage(props: {
  brand: BrandView;
  language: PlanLanguage;
  message: string;
  onChange: (message: string) => void;
}) {
  const { brand, message } = props;
  const { t } = useTranslation('plan');
  const desk = useDesk();
  const ids = brand.accounts.map((account) => account.id).join(' ');
  const isBlank = message.trim() === '';
  const asked = useMemo(
    () => ({
      ...EMPTY_FORM,
      parts: [message],
      accountIds: isBlank || ids === '' ? [] : ids.split(' ').map(Number),
    }),
    [message, isBlank, ids],
  );
  const fit = useFit(asked, desk);
  return (
    <section>
      <h2>{t('message.title')}</h2>
      <p className={styles.hint}>{t('message.hint')}</p>
      <Textarea
        autosize
        minRows={3}
        maxRows={12}
        spellCheck
        lang={props.language}
        aria-label={t('message.label')}
        maxLength={10_000}
        value={message}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
      <div className={styles.counts}>
        {brand.accounts.length === 0 ? t('message.noAccounts') : <Counts fits={fit.fits} desk={desk} />}
        {fit.fits.length > 0 && fit.isCurrent && fit.problems.length === 0 ? (
          <span>{t('message.fits')}</span>
        ) : null}
      </div>
      <Problems problems={fit.problems} desk={desk} />
    </section>
  );
}

function Counts({ fits, desk }: { fits: readonly FitView[]; desk: DeskIndex }) {
  const { t } = useTranslation('compose');
  const language = useLanguage();
  return tightestByNetwork(fits, desk).map(({ network, count, limit }) => (
    <span key={network} data-over={count > limit ? '' : undefined}>
      {t(count > limit ? 'countOver' : 'count', {
        n: numberOf(count, language),
        limit: numberOf(limit, language),
        over: numberOf(count - limit, language),
        network,
      })}
    </span>
  ));
}

function tightestByNetwork(fits: readonly FitView[], desk: DeskIndex) {
  const found = new Map<string, { network: string; count: number; limit: number }>();
  for (const { accountId, counts, limits } of fits) {
    const network = desk.accountById.get(accountId)?.networkName ?? '';
    const [count = 0] = counts;
    const [limit = 0] = limits;
    const known = found.get(network);
    if (!known || limit - count < known.limit - known.count) found.set(network, { network, count, limit });
  }
  return [...found.values()].sort((a, b) => a.limit - a.count - (b.limit - b.count));
}
