import type { ReportModel } from './report-model.ts';

/** How it stands where there is no release. Only of 'stopped' may it be said that nothing goes out. */
export function standing({
  stop,
  place,
  alsoStopped,
  wentOut,
}: ReportModel): 'stopped' | 'left' | 'unsure' | 'asked' {
  const isElsewhere = alsoStopped.some((scope) => scope === 'everything' || scope.startsWith('brand:'));
  if (place !== 'covered' && !isElsewhere) return place;
  return stop.confirmedAt === null || wentOut.whileStopped > 0 ? 'asked' : 'stopped';
}
