import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './notice.module.css';

const ICONS = {
  calm: IconInfoCircle,
  good: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconAlertTriangle,
} as const;

/** A remark that stays where it is: what is so, what to do, and beside it the means. */
export function Notice(props: {
  tone: 'calm' | 'good' | 'warn' | 'bad';
  children: ReactNode;
  action?: ReactNode;
}) {
  const Icon = ICONS[props.tone];
  return (
    <div className={styles.notice} data-tone={props.tone}>
      <Icon size={18} aria-hidden="true" />
      <div className={styles.words}>{props.children}</div>
      {props.action}
    </div>
  );
}
