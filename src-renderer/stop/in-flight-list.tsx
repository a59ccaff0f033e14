import { Anchor } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCornerUpLeft,
  IconHelpCircle,
  IconScissors,
  IconSend,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { InFlightLine } from '../../src-preload/views.ts';
import { PostLink } from '../ui/post-link.tsx';
import { Badge } from '../ui/state-badge.tsx';
import { hashOf } from '../ui/view-route.ts';
import styles from './stop-details.module.css';

type Look = {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  tone: 'calm' | 'good' | 'warn' | 'bad' | 'quiet';
};
const LOOKS: Record<InFlightLine['outcome'], Look> = {
  'in-flight': { icon: IconSend, tone: 'warn' },
  published: { icon: IconCircleCheck, tone: 'bad' },
  'not-sent': { icon: IconCornerUpLeft, tone: 'good' },
  failed: { icon: IconAlertTriangle, tone: 'quiet' },
  unconfirmed: { icon: IconHelpCircle, tone: 'warn' },
  cut: { icon: IconScissors, tone: 'bad' },
};

/** What was under way at the press, each until settled, with what became of it. */
export function InFlightList({ lines }: { lines: readonly InFlightLine[] }) {
  const { t } = useTranslation('stop');
  if (lines.length === 0) return <p className={styles.hint}>{t('details.inFlightNoneMore')}</p>;
  return (
    <ul className={styles.lines} aria-live="polite">
      {lines.map((line) => {
        const look = LOOKS[line.outcome];
        return (
          <li key={line.postId}>
            <Badge tone={look.tone} icon={look.icon}>
              {t(`details.outcome.${line.outcome}`)}
            </Badge>
            <span className={styles.where}>
              {line.brand} · {line.account}
            </span>
            <span className={styles.what}>{line.text}</span>
            {line.outcome === 'unconfirmed' ? (
              <Anchor href={hashOf('review')} fz="sm">
                {t('details.review')}
              </Anchor>
            ) : line.url ? (
              <span className={styles.what}>
                <PostLink url={line.url} />
              </span>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
