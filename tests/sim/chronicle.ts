/** What happened, in order: a hash over all of it, and the last lines in words. */
export type Chronicle = {
  note(what: string, about?: string | number): void;
  /** How many things were noted so far. */
  steps(): number;
  /** Equal for two runs in which exactly the same happened at the same times. */
  hash(): string;
  /** The newest lines, oldest first. */
  last(count: number): readonly string[];
};

const KEPT = 200;

export function createChronicle(now: () => number): Chronicle {
  const kept: { at: number; what: string; about: string | number }[] = [];
  let steps = 0;
  let first = 0x811c9dc5 | 0;
  let second = 0x01000193 | 0;

  const mix = (value: number) => {
    first = Math.imul(first ^ value, 0x01000193);
    second = Math.imul((second << 5) ^ (second >>> 27) ^ value, 0x85ebca6b);
  };
  const mixText = (text: string) => {
    for (let index = 0; index < text.length; index += 1) mix(text.charCodeAt(index));
  };

  return {
    note(what, about = '') {
      const at = now();
      mix(at | 0);
      mix((at / 4_294_967_296) | 0);
      mixText(what);
      if (typeof about === 'number') mix(about | 0);
      else mixText(about);
      kept[steps % KEPT] = { at, what, about };
      steps += 1;
    },
    steps: () => steps,
    hash: () => (first >>> 0).toString(16).padStart(8, '0') + (second >>> 0).toString(16).padStart(8, '0'),
    last(count) {
      const from = Math.max(0, steps - Math.min(count, KEPT));
      return Array.from({ length: steps - from }, (_, index) => {
        const line = kept[(from + index) % KEPT] as (typeof kept)[number];
        return `${String(from + index).padStart(6)}  ${timeText(line.at)}  ${line.what} ${line.about}`.trimEnd();
      });
    },
  };
}

/** Hours, minutes, seconds and thousandths since the world began. */
export function timeText(ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = ((ms % 60_000) / 1000).toFixed(3).padStart(6, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${seconds}`;
}
