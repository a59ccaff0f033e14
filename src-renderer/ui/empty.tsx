import type { ComponentType, ReactNode } from 'react';
import styles from './empty.module.css';

/** What is said where a list has nothing: why, and what to do about it. */
export function Empty(props: {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const Icon = props.icon;
  return (
    <div className={styles.empty}>
      <Icon size={34} stroke={1.4} />
      <h2 className={styles.title}>{props.title}</h2>
      {props.children ? <p className={styles.words}>{props.children}</p> : null}
      {props.action}
    </div>
  );
}
