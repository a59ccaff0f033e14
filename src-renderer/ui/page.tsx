import type { ReactNode } from 'react';
import styles from './page.module.css';

/**
 * One view: a heading, what belongs beside it, and the body. With `fills` the body takes the height that is
 * left and scrolls inside (lists); otherwise the whole view scrolls (forms).
 */
export function Page(props: {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  toolbar?: ReactNode;
  fills?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={styles.page} data-fills={props.fills ? '' : undefined}>
      <div className={styles.head}>
        <div className={styles.headline}>
          <h1 className={styles.title}>{props.title}</h1>
          {props.lead ? <div className={styles.lead}>{props.lead}</div> : null}
        </div>
        {props.actions ? <div className={styles.actions}>{props.actions}</div> : null}
      </div>
      {props.toolbar ? <div className={styles.toolbar}>{props.toolbar}</div> : null}
      <div className={styles.body}>{props.children}</div>
    </div>
  );
}
