import { userInfo } from 'node:os';

/** Who is logged in on this machine, as far as it can be told; '' otherwise. */
export function personName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
