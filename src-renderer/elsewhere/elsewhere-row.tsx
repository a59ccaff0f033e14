import { Button, Checkbox } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ElsewhereItemView } from '../../src-preload/elsewhere-views.ts';
import { dayTimeOf, localZone, placedTimeOf, useLanguage } from '../time.ts';
import styles from './elsewhere.module.css';
import { type Elsewhere, isOver } from './use-elsewhere.ts';

/** One thing that waits elsewhere: where and when, its first words, what became of it, and what can be done. */
export function ElsewhereRow(props: {
  item: ElsewhereItemView;
  /** 'Mastodon · @atelier' */
  where: string;
  zone: string;
  now: number;
  by: string;
  elsewhere: Elsewhere;
}) {
  const { item, elsewhere, by, now } = props;
  const { t } = useTranslation('elsewhere');
  const language = useLanguage();
  const text = item.text || t('noText');
  const time = item.planAt === null ? t('noTime') : placedTimeOf(item.planAt, language, props.zone);
  const isPast = item.planAt !== null && item.planAt <= now && !isOver(item) && item.state !== 'may-be-out';
  return (
    <li className={styles.row} data-state={item.tick ? 'ticked' : item.state}>
      <span className={styles.where}>
        {props.where} · <time>{time}</time>
      </span>
      <span className={styles.text}>{text}</span>
      <span className={styles.state}>
        {isPast ? t('state.passed') : t(`state.${item.state}`)}
        {item.at === null || item.state === 'waiting' ? null : (
          <span className={styles.quiet}>
            {' '}
            {item.by
              ? t('byAt', { who: item.by, when: dayTimeOf(item.at, language, localZone()) })
              : dayTimeOf(item.at, language, localZone())}
          </span>
        )}
      </span>
      {item.detail ? <span className={styles.quiet}>{t('said', { detail: item.detail })}</span> : null}
      {item.goesWith > 0 && item.canCancel ? (
        <span className={styles.quiet}>{t('goesWith', { count: item.goesWith })}</span>
      ) : null}
      {item.url ? (
        <a className={styles.link} href={item.url} target="_blank" rel="noreferrer">
          <IconExternalLink size={14} aria-hidden="true" /> {item.url}
        </a>
      ) : null}
      {isOver(item) ? null : (
        <div className={styles.actions}>
          {item.canCancel ? (
            <Button
              size="compact-sm"
              variant="default"
              disabled={by === '' || elsewhere.isCanceling}
              aria-label={t('cancelOf', { text })}
              onClick={() => elsewhere.cancel([item], by)}
            >
              {t('cancel')}
            </Button>
          ) : item.state === 'may-be-out' ? null : (
            <span className={styles.quiet}>{t('cannot')}</span>
          )}
          <Checkbox
            label={
              item.tick
                ? t('tickedBy', {
                    who: item.tick.by,
                    when: dayTimeOf(item.tick.at, language, localZone()),
                  })
                : t('tick')
            }
            {...(item.tick ? {} : { 'aria-label': t('tickOf', { text }) })}
            checked={item.tick !== null}
            disabled={by === ''}
            onChange={(event) => elsewhere.tick(item, event.currentTarget.checked, by)}
          />
        </div>
      )}
    </li>
  );
}
