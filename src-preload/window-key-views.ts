/** What the window does at a key of its own, and whose key can be changed. */
export type WindowCommand =
  | 'palette'
  | 'shortcuts'
  | 'help'
  | 'settings'
  | 'write'
  | 'import'
  | 'schedule'
  | 'emoji'
  | 'saved-texts'
  | 'view-desk'
  | 'view-queue'
  | 'view-calendar'
  | 'view-compose'
  | 'view-import'
  | 'view-review'
  | 'view-journal'
  | 'view-stop'
  | 'view-settings';

export type WindowKeyView = {
  command: WindowCommand;
  /** As Electron writes it: 'CommandOrControl+Shift+E', '?', 'F1'. */
  accelerator: string;
  isChanged: boolean;
  /** The emergency stop has the same key: it wins, and this command has none for now. */
  isTaken: boolean;
};

/** Whose key it is already: another command's, the stop's or one it falls back to, one for editing text, or one of the system. */
export type WindowKeyConflict =
  | { kind: 'command'; command: WindowCommand }
  | { kind: 'stop' | 'edit' | 'system' };
