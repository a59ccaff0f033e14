/** The middle of `values`; the mean of the two middle ones of an even number. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] ?? Number.NaN;
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** The value below which `share` (0 to 1) of them lie, without interpolation. NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** What a table shows of many times of one thing, in milliseconds. */
export type Spread = {
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  readonly tries: number;
};

export function spreadOf(values: readonly number[]): Spread {
  return {
    p50: median(values),
    p99: percentile(values, 0.99),
    most: values.length === 0 ? Number.NaN : Math.max(...values),
    tries: values.length,
  };
}

/** Milliseconds with as many digits as mean something. */
export function ms(value: number): string {
  if (Number.isNaN(value)) return 'not measured';
  if (value < 0.1) return `${(value * 1_000).toFixed(1)} µs`;
  if (value < 10) return `${value.toFixed(2)} ms`;
  if (value < 10_000) return `${value.toFixed(0)} ms`;
  return `${(value / 1_000).toFixed(1)} s`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

export function times(ratio: number): string {
  if (Number.isNaN(ratio)) return 'not measured';
  return `${ratio < 0.1 ? ratio.toPrecision(2) : ratio.toFixed(2)} ×`;
}

export function thousands(count: number): string {
  return count.toLocaleString('en');
}

/** Whether `value` keeps `limit`; null when it was not measured. */
export function atMost(value: number, limit: number): boolean | null {
  return Number.isNaN(value) ? null : value <= limit;
}
