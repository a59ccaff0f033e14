import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ElsewhereItemView } from '../../src-preload/elsewhere-views.ts';
import { PersonName, usePersonName } from '../plan/person-name.tsx';
import { numberOf, placedTimeOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import styles from './elsewhere.module.css';

const SHOWN = 100;

/** A look at what would be cancelled before it is: it cannot be undone. */
export function CancelAllDialog(props: {
  name: string;
  zone: string;
  items: readonly ElsewhereItemView[];
  onCancel: (by: string) => void;
  onClose: () => void;
}) {
  const { items } = props;
  const { t } = useTranslation('elsewhere');
  const language = useLanguage();
  const by = usePersonName();
  const n = numberOf(items.length, language);
  return (
    <Dialog
      opened
      onClose={props.onClose}
      width={640}
      title={t('all.title', { count: items.length, n, name: props.name })}
      footer={
        <>
          <Button variant="default" onClick={props.onClose}>
            {t('all.leave')}
          </Button>
          <Button color="stop" disabled={by === ''} onClick={() => props.onCancel(by)}>
            {t('all.confirm', { count: items.length, n })}
          </Button>
        </>
      }
    >
      <p className={styles.hint}>{t('all.more')}</p>
      <ul className={styles.list}>
        {items.slice(0, SHOWN).map((item) => (
          <li key={`${item.source} ${item.id}`}>
            <time>
              {item.planAt === null ? t('noTime') : placedTimeOf(item.planAt, language, props.zone)}
            </time>{' '}
            {item.text || t('noText')}
          </li>
        ))}
      </ul>
      {items.length > SHOWN ? (
        <p className={styles.hint}>
          {t('all.rest', {
            count: items.length - SHOWN,
            n: numberOf(items.length - SHOWN, language),
          })}
        </p>
      ) : null}
      <PersonName />
    </Dialog>
  );
}
