import type { ElsewhereService } from '../core/elsewhere-service.ts';
import { ayrshare } from './ayrshare/index.ts';
import { buffer } from './buffer/index.ts';
import { postiz } from './postiz/index.ts';

/** Every other scheduler that can be read, in the order in which the window offers them. */
export const services: readonly ElsewhereService[] = [buffer, postiz, ayrshare];

/** Null for a service this version does not know. */
export function serviceFor(service: string): ElsewhereService | null {
  return services.find((one) => one.service === service) ?? null;
}
