/** 53 bits of a text, after those of what came before. Two texts that differ hardly ever share them. */
export function mixed(before: number, text: string): number {
  let low = (before | 0) ^ 0x811c9dc5;
  let high = (Math.floor(before / 4_294_967_296) | 0) ^ 0x01000193;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(((high << 5) | (high >>> 27)) ^ code, 0x85ebca6b);
  }
  low ^= low >>> 15;
  high ^= high >>> 13;
  low = Math.imul(low, 0x2c1b3c6d) ^ high;
  return ((high >>> 0) & 0x1f_ffff) * 4_294_967_296 + (low >>> 0);
}
