/** Of one post. */
export const MOST_LABELS = 20;
/** Characters of one label. */
export const MOST_LABEL_LENGTH = 200;

/** The labels of a draft or post, which keep them in one text: each on a line of its own, '' where there is none. */
export function splitLabels(label: string): readonly string[] {
  return label === '' ? [] : label.split('\n').filter((line) => line !== '');
}

/** The text that holds these: without control characters, spaces at the ends, or the same one twice, whatever its case. */
export function joinLabels(labels: readonly string[]): string {
  const kept = new Map<string, string>();
  for (const label of labels) {
    const plain = label.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
    const key = plain.normalize('NFC').toLowerCase();
    if (plain !== '' && !kept.has(key)) kept.set(key, plain);
  }
  return [...kept.values()].join('\n');
}

/** Takes labels away and adds others at the end; those that are there already stay as they are written. */
export function changeLabels(label: string, add: readonly string[], remove: readonly string[]): string {
  const gone = new Set(remove.map((one) => one.normalize('NFC').toLowerCase()));
  const left = splitLabels(label).filter((one) => !gone.has(one.normalize('NFC').toLowerCase()));
  return joinLabels([...left, ...add]);
}
