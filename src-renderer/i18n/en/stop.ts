/** The status bar, the stop room and the release. */
export const stop = {
  emergencyStop: 'Emergency stop',
  noAnswer: 'The app did not answer.',
  state: {
    publishing: 'Publishing',
    stopped: 'Stopped',
    stopping: 'Stopping…',
    'not-confirmed': 'Stop not confirmed',
    'not-started': 'Not started',
  },
} as const;
