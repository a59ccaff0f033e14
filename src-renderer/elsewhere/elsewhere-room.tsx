import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ElsewhereItemView } from '../../src-preload/elsewhere-views.ts';
import { PersonName, usePersonName } from '../plan/person-name.tsx';
import { exactTimeOf, localZone, numberOf, useLanguage, useNow } from '../time.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { type DeskIndex, usePlaces } from '../ui/use-desk.ts';
import { CancelAllDialog } from './cancel-all-dialog.tsx';
import type { CoveredElsewhere } from './covered-elsewhere.ts';
import styles from './elsewhere.module.css';
import { ElsewhereRow } from './elsewhere-row.tsx';
import { UnreadNotice } from './unread-notice.tsx';
import type { Elsewhere } from './use-elsewhere.ts';

const NOW_MS = 10_000;
/** Rows of one brand before a person asks for more. */
const SHOWN = 100;

/** What waits in planners outside this app on what the stops in force cover: by brand, the soonest first. */
export function ElsewhereRoom(props: { covered: CoveredElsewhere; elsewhere: Elsewhere; desk: DeskIndex }) {
  const { covered, elsewhere, desk } = props;
  const { t } = useTranslation('elsewhere');
  const language = useLanguage();
  const places = usePlaces(desk);
  const by = usePersonName();
  const now = useNow(NOW_MS);
  const [shown, setShown] = useState(SHOWN);
  const [asked, setAsked] = useState<{
    name: string;
    zone: string;
    items: readonly ElsewhereItemView[];
  } | null>(null);
  if (elsewhere.isRead && covered.sources.length === 0)
    return <p className={styles.hint}>{t('room.noPlanner')}</p>;
  const isBusy = elsewhere.isRefreshing || covered.sources.some((source) => source.isBusy);
  const sourceOf = new Map(covered.sources.map((source) => [source.key, source]));
  return (
    <div className={styles.part}>
      <div className={styles.asOf}>
        <span role="status">
          {isBusy
            ? t('room.asking')
            : [
                covered.asOf === null
                  ? ''
                  : t('room.asOf', { time: exactTimeOf(covered.asOf, language, localZone()) }),
                covered.isAsked ? '' : t('room.notAsked'),
              ]
                .filter((part) => part !== '')
                .join(' ')}
        </span>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden="true" />}
          loading={isBusy}
          onClick={() => elsewhere.refresh(covered.sources.map(({ key }) => key))}
        >
          {t('refresh')}
        </Button>
      </div>
      <RefusalNotice error={elsewhere.error} onRetry={elsewhere.retry} />
      <UnreadNotice sources={covered.unread} />
      {by === '' && covered.groups.length > 0 ? <PersonName /> : null}
      {covered.groups.length === 0 && covered.unread.length === 0 && covered.asOf !== null ? (
        <p className={styles.hint}>{t('room.nothing')}</p>
      ) : null}
      {covered.groups.map(({ brandId, items }) => {
        const brand = brandId === null ? null : desk.brandById.get(brandId);
        const name = brand?.name ?? t('room.unmatched');
        const open = items.filter((item) => item.canCancel);
        return (
          <section key={brandId ?? 0} className={styles.brand} aria-label={name}>
            <h3>
              {brandId === null ? (
                <span>{name}</span>
              ) : (
                <BrandMark name={name} colour={places.colourOf(brandId)} />
              )}
              <span className={styles.quiet}>{numberOf(items.length, language)}</span>
              {open.length > 1 ? (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  disabled={elsewhere.isCanceling}
                  onClick={() =>
                    setAsked({ name, zone: places.zoneOf(brandId ?? 0, localZone()), items: open })
                  }
                >
                  {t('room.cancelAll')}
                </Button>
              ) : null}
            </h3>
            {brandId === null ? <p className={styles.hint}>{t('room.unmatchedMore')}</p> : null}
            <ul>
              {items.slice(0, shown).map((item) => {
                const account = item.accountId === null ? null : desk.accountById.get(item.accountId);
                const source = sourceOf.get(item.source);
                return (
                  <ElsewhereRow
                    key={`${item.source} ${item.id}`}
                    item={item}
                    where={[source?.where ?? '', item.channel || (account?.name ?? source?.name ?? '')]
                      .filter((part) => part !== '')
                      .join(' · ')}
                    zone={places.zoneOf(brandId ?? 0, localZone())}
                    now={now}
                    by={by}
                    elsewhere={elsewhere}
                  />
                );
              })}
            </ul>
            {items.length > shown ? (
              <Button size="compact-sm" variant="subtle" onClick={() => setShown(shown + SHOWN)}>
                {t('room.more', { count: items.length - shown, n: numberOf(items.length - shown, language) })}
              </Button>
            ) : null}
          </section>
        );
      })}
      {asked ? (
        <CancelAllDialog
          name={asked.name}
          zone={asked.zone}
          items={asked.items}
          onClose={() => setAsked(null)}
          onCancel={(name) => {
            elsewhere.cancel(asked.items, name);
            setAsked(null);
          }}
        />
      ) : null}
    </div>
  );
}
