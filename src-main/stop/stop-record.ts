import type { Scope } from '../core/scope.ts';
import type { Control, EngagedStop } from '../core/stop-types.ts';

const CONTROLS: readonly Control[] = [
  'shortcut',
  'tray',
  'button',
  'command-line',
  'file-removed',
  'start',
  'trip',
];

/** A stop as a file holds it, whole; null for anything else. What is half understood covers too little. */
export function parseStop(value: unknown): EngagedStop | null {
  if (!isRecord(value)) return null;
  const { id, epoch, control, by, reason, widenedFrom, engagedAt, inFlight } = value;
  const scope = parseScope(value.scope);
  const known = CONTROLS.find((each) => each === control);
  if (scope === null || known === undefined) return null;
  if (!isText(id) || !isText(by) || !isText(reason) || !isText(widenedFrom)) return null;
  if (!isWhole(epoch) || !isWhole(engagedAt)) return null;
  if (!Array.isArray(inFlight) || !inFlight.every(isWhole)) return null;
  return {
    id,
    epoch,
    scope,
    control: known,
    by,
    reason,
    widenedFrom,
    engagedAt,
    inFlight,
    isDurable: value.isDurable === true,
    isSilent: value.isSilent === true,
    todo: isText(value.todo) ? value.todo : '',
  };
}

function parseScope(value: unknown): Scope | null {
  if (!isRecord(value)) return null;
  const { kind, market, brandId, network, accountId } = value;
  if (kind === 'everything') return { kind };
  if (kind === 'market' && isText(market)) return { kind, market };
  if (kind === 'brand' && isWhole(brandId)) return { kind, brandId };
  if (kind === 'network' && isText(network)) return { kind, network };
  if (kind === 'account' && isWhole(accountId)) return { kind, accountId };
  return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
