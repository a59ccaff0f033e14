/** The labels of a draft or post: each stands on a line of its own. */
export function splitLabels(label: string): readonly string[] {
  return label.split('\n').filter((line) => line !== '');
}

export function joinLabels(labels: readonly string[]): string {
  return [...new Set(labels.map((label) => label.replace(/\s+/gu, ' ').trim()))]
    .filter((label) => label !== '')
    .join('\n');
}

/** As one text, for where there is one line. */
export function labelsText(label: string): string {
  return splitLabels(label).join(', ');
}
