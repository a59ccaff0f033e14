import type { ReactNode } from 'react';
import styles from './settings.module.css';

export function SettingSection(props: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>{props.title}</h2>
      {props.hint ? <p className={styles.sectionHint}>{props.hint}</p> : null}
      <div className={styles.rows}>{props.children}</div>
    </section>
  );
}

/** A name and what it means at the left, the control at the right. `labelFor` ties them where the control is one field. */
export function SettingRow(props: {
  name: string;
  hint?: ReactNode;
  labelFor?: string;
  children: ReactNode;
}) {
  return (
    <div className={styles.row}>
      <div className={styles.label}>
        {props.labelFor ? <label htmlFor={props.labelFor}>{props.name}</label> : <span>{props.name}</span>}
        {props.hint ? <div className={styles.hint}>{props.hint}</div> : null}
      </div>
      <div className={styles.control}>{props.children}</div>
    </div>
  );
}
