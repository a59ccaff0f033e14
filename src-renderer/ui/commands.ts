import { createContext, useContext } from 'react';

/** What can be opened over any view, from the bar, the palette or the keyboard. */
export type Overlay = 'start' | 'release' | 'stop-part' | 'shortcuts' | 'help' | 'tour';
export type Commands = { overlay: Overlay | null; open(overlay: Overlay): void; close(): void };

export const CommandsContext = createContext<Commands | null>(null);

export function useCommands(): Commands {
  const commands = useContext(CommandsContext);
  if (!commands) throw new Error('useCommands outside CommandsContext');
  return commands;
}
