import { Button, Switch } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonName, usePersonName } from '../plan/person-name.tsx';
import { exactTimeOf, localZone, useLanguage, useNow } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useDesk, usePlaces } from '../ui/use-desk.ts';
import styles from './elsewhere.module.css';
import { ElsewhereRow } from './elsewhere-row.tsx';
import { UnreadNotice } from './unread-notice.tsx';
import { useElsewhere } from './use-elsewhere.ts';

const NOW_MS = 10_000;

/** What waits in one planner outside this app, read anew when this opens, and whether a stop may cancel it by itself. */
export function ElsewhereDialog({ source: key, onClose }: { source: string; onClose: () => void }) {
  const { t } = useTranslation('elsewhere');
  const { t: common } = useTranslation('common');
  const language = useLanguage();
  const elsewhere = useElsewhere();
  const desk = useDesk();
  const places = usePlaces(desk);
  const by = usePersonName();
  const now = useNow(NOW_MS);
  const asked = useRef(false);
  const { refresh } = elsewhere;
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    refresh([key]);
  }, [key, refresh]);
  const source = elsewhere.sources.find((one) => one.key === key);
  if (!source) return null;
  const isBusy = elsewhere.isRefreshing || source.isBusy;
  const hasItems = source.items.length > 0;
  return (
    <Dialog
      opened
      onClose={onClose}
      width={720}
      title={t('dialog.title', { name: source.name })}
      footer={<Button onClick={onClose}>{common('close')}</Button>}
    >
      <p className={styles.hint}>{t('dialog.lead', { where: source.where })}</p>
      <div className={styles.asOf}>
        <span role="status">
          {isBusy
            ? t('room.asking')
            : source.asOf === null
              ? t('room.notAsked')
              : t('room.asOf', { time: exactTimeOf(source.asOf, language, localZone()) })}
        </span>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden="true" />}
          loading={isBusy}
          onClick={() => refresh([key])}
        >
          {t('refresh')}
        </Button>
      </div>
      <RefusalNotice error={elsewhere.error} onRetry={elsewhere.retry} />
      {isBusy ||
      (source.state === 'listed' && source.isWhole && !source.lacksPeople) ||
      source.state === 'not-asked' ? null : (
        <UnreadNotice sources={[source]} />
      )}
      {!hasItems && source.state === 'listed' && source.isWhole && !source.lacksPeople ? (
        <p className={styles.hint}>{t('dialog.nothing')}</p>
      ) : null}
      {hasItems ? (
        <div className={styles.brand}>
          <ul>
            {source.items.map((item) => (
              <ElsewhereRow
                key={item.id}
                item={item}
                where={item.channel || source.where}
                zone={places.zoneOf(item.brandId ?? 0, localZone())}
                now={now}
                by={by}
                elsewhere={elsewhere}
              />
            ))}
          </ul>
        </div>
      ) : null}
      {source.canCancel ? (
        <Switch
          mt="md"
          label={t('optIn.label')}
          description={t('optIn.more')}
          checked={source.cancelsSince !== null}
          disabled={by === ''}
          onChange={(event) => elsewhere.optIn(key, event.currentTarget.checked, by)}
        />
      ) : null}
      <PersonName />
    </Dialog>
  );
}
