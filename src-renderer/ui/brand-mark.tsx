import styles from './brand-mark.module.css';

/** A brand's name with its colour as a bar; the colour never stands alone. */
export function BrandMark({ name, colour }: { name: string; colour: string }) {
  return (
    <span className={styles.mark}>
      <span className={styles.bar} style={{ background: colour }} aria-hidden="true" />
      <span className={styles.name} title={name}>
        {name}
      </span>
    </span>
  );
}
