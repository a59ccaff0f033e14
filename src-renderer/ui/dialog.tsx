import { CloseButton, Portal } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './dialog.module.css';
import { useDialogLayer } from './dialog-layer.ts';
import { DropdownLayer } from './dropdown-layer.tsx';

type Props = {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** What stands under the body and does not scroll: the buttons. */
  footer?: ReactNode;
  /** Width in pixels, 480 by default. */
  width?: number;
  /** 'side' is a panel at the right edge, over the whole height below the status bar. */
  at?: 'centre' | 'side';
};

/**
 * A dialog that starts below the status bar and leaves it free: the emergency stop stays in sight and one Tab or
 * click away. What lies below is inert, so there is no focus trap and no scroll lock. Escape closes. What has the
 * attribute `data-autofocus` gets the focus, else the panel itself: no button is ever chosen by opening alone.
 */
export function Dialog(props: Props) {
  useDialogLayer(props.opened);
  return props.opened ? (
    <Portal>
      <Panel {...props} />
    </Portal>
  ) : null;
}

const FRAMES_WAITED = 30;

/** What lies below is inert until the frame has learnt that the dialog is gone, and takes no focus before. */
function giveBackFocus(before: HTMLElement, frames: number): void {
  requestAnimationFrame(() => {
    if (!before.isConnected) return;
    if (before.closest('[inert]') === null) before.focus();
    else if (frames > 0) giveBackFocus(before, frames - 1);
  });
}

function Panel({ onClose, title, children, footer, width = 480, at = 'centre' }: Props) {
  const { t } = useTranslation('common');
  const titleId = useId();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const first = panel.current?.querySelector<HTMLElement>('[data-autofocus]');
    (first ?? panel.current)?.focus();
    return () => {
      if (before instanceof HTMLElement) giveBackFocus(before, FRAMES_WAITED);
    };
  }, []);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const target = event.target instanceof Element ? event.target : null;
    // An open list or calendar inside takes its own Escape.
    if (target?.getAttribute('data-mantine-stop-propagation') === 'true') return;
    if (target?.getAttribute('aria-expanded') === 'true') return;
    event.stopPropagation();
    onClose();
  };
  return (
    <div className={styles.layer} data-at={at}>
      <div className={styles.overlay} onMouseDown={onClose} aria-hidden="true" />
      <div
        ref={panel}
        role="dialog"
        aria-labelledby={titleId}
        tabIndex={-1}
        className={styles.panel}
        style={{ width }}
        onKeyDown={closeOnEscape}
      >
        <div className={styles.head}>
          <h2 id={titleId} className={styles.title}>
            {title}
          </h2>
          <CloseButton aria-label={t('close')} onClick={onClose} />
        </div>
        <DropdownLayer>
          <div className={styles.body}>{children}</div>
          {footer ? <div className={styles.footer}>{footer}</div> : null}
        </DropdownLayer>
      </div>
    </div>
  );
}
