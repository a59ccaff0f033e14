import { notifications } from '@mantine/notifications';

/** Long enough to be read twice; what was refused can be closed before. */
const REFUSED_MS = 12_000;

/** Says in passing that something was done. */
export function sayDone(message: string): void {
  notifications.show({ message, color: 'ink', autoClose: 5_000, withBorder: true });
}

/** Says that something was refused. */
export function sayRefused(message: string): void {
  notifications.show({ message, color: 'stop', autoClose: REFUSED_MS, withBorder: true });
}
