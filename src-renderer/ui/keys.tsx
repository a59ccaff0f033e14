import styles from './keys.module.css';
import { keysOf } from './shortcut-words.ts';

/** A key combination as keys: 'CommandOrControl+K' is Ctrl and K, or ⌘ and K. */
export function Keys({ accelerator }: { accelerator: string }) {
  return (
    <span className={styles.keys}>
      {keysOf(accelerator).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
