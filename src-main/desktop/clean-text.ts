/** Cuts what might be a secret out of a text: queries of addresses, credentials in them, long unbroken runs. */
export function clean(text: string): string {
  return text
    .replace(/(https?:\/\/)[^\s/@]*@/giu, '$1…@')
    .replace(/\?[^\s"']+/gu, '?…')
    .replace(/(bearer|basic)\s+\S+/giu, '$1 …')
    .replace(/[A-Za-z0-9_\-+=]{25,}/gu, '…')
    .slice(0, 1_000);
}
