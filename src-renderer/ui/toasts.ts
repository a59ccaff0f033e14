import { notifications } from '@mantine/notifications';

/** Says in passing that something was done. */
export function sayDone(message: string): void {
  notifications.show({ message, color: 'ink', autoClose: 5_000, withBorder: true });
}

/** Says that something was refused; stays until it is closed. */
export function sayRefused(message: string): void {
  notifications.show({ message, color: 'stop', autoClose: false, withBorder: true });
}
