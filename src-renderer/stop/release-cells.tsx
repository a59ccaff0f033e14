import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReleasePreview } from '../../src-preload/release-views.ts';
import { numberOf, placedTimeOf, useLanguage } from '../time.ts';
import styles from './release.module.css';

/** What of a release is told in the same columns for brands and for narrower stops. */
type Figures = Pick<ReleasePreview, 'missed' | 'unconfirmed' | 'scheduled' | 'next'>;

export function FigureHeads() {
  const { t } = useTranslation('stop');
  return (
    <>
      <th scope="col" className={styles.number}>
        {t('release.missed')}
      </th>
      <th scope="col" className={styles.number}>
        {t('release.unconfirmed')}
      </th>
      <th scope="col" className={styles.number}>
        {t('release.scheduled')}
      </th>
      <th scope="col">{t('release.next')}</th>
    </>
  );
}

export function FigureCells({ of, zone }: { of: Figures; zone: string }) {
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const number = (value: number) => numberOf(value, language);
  return (
    <>
      <td className={styles.number} data-some={of.missed > 0 ? '' : undefined}>
        {number(of.missed)}
      </td>
      <td className={styles.number} data-some={of.unconfirmed > 0 ? '' : undefined}>
        {number(of.unconfirmed)}
      </td>
      <td className={styles.number}>{number(of.scheduled)}</td>
      <td className={styles.nextPost}>
        {of.next ? (
          <>
            <time>{placedTimeOf(of.next.publishAt, language, zone)}</time>
            <span>{of.next.text}</span>
          </>
        ) : (
          t('release.noNext')
        )}
      </td>
    </>
  );
}

/** What comes back, by its name; `more` and what may have been forgotten stand under it. */
export function ChooseCell(props: {
  name: string;
  more: string;
  warning?: string;
  isChosen: boolean;
  onToggle: () => void;
}) {
  const { name, more, warning } = props;
  return (
    <td>
      <Checkbox
        label={<span title={name}>{name}</span>}
        aria-label={name}
        classNames={{
          body: styles.brandBody ?? '',
          labelWrapper: styles.brandWords ?? '',
          label: styles.brandName ?? '',
        }}
        checked={props.isChosen}
        onChange={props.onToggle}
      />
      {more ? <div className={styles.under}>{more}</div> : null}
      {warning ? (
        <div className={styles.under} data-warning="">
          {warning}
        </div>
      ) : null}
    </td>
  );
}
