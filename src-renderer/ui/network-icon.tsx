import styles from './network-icon.module.css';

/** One drawing per network, in the folder where a new network adds its own. */
const DRAWINGS = import.meta.glob<string>('../../resources/networks/*.svg', {
  eager: true,
  query: '?url&no-inline',
  import: 'default',
});

/** Only a picture beside a name, in the colour of the text around it. A network without a drawing has a plain dot. */
export function NetworkIcon({ network, size = 17 }: { network: string; size?: number }) {
  const drawing = DRAWINGS[`../../resources/networks/${network}.svg`];
  const mask = drawing ? `url("${drawing}")` : undefined;
  return (
    <span
      aria-hidden="true"
      className={styles.icon}
      data-plain={drawing ? undefined : ''}
      style={{ width: size, height: size, maskImage: mask, WebkitMaskImage: mask }}
    />
  );
}
