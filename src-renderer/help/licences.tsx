import { Button, Loader } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LicenceView } from '../../src-preload/know-views.ts';
import { useRead } from '../api.ts';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import styles from './help.module.css';

/** Whose work is in the app and under what terms, in their own words; read only once somebody asks. */
export function Licences() {
  const { t } = useTranslation(['help', 'common']);
  const [isAsked, setIsAsked] = useState(false);
  const read = useRead('licence.list', {}, { enabled: isAsked });
  return (
    <section>
      <h3>{t('licences.title')}</h3>
      <p>{t('licences.words')}</p>
      {isAsked ? null : (
        <Button mt={8} variant="default" onClick={() => setIsAsked(true)}>
          {t('licences.show')}
        </Button>
      )}
      {isAsked && read.isPending ? <Loader size="sm" aria-label={t('common:loading')} /> : null}
      <RefusalNotice error={read.error} />
      {(read.data ?? []).map((licence) => (
        <Licence key={licence.name} licence={licence} />
      ))}
    </section>
  );
}

function Licence({ licence }: { licence: LicenceView }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className={styles.licence} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{licence.name}</summary>
      {isOpen ? <pre className={styles.words}>{licence.words}</pre> : null}
    </details>
  );
}
