import { createContext, useContext, useEffect } from 'react';

/** How the frame learns that a dialog is open: what lies below then takes no focus, the status bar still does. */
export type DialogLayer = { opened(): () => void };

export const DialogLayerContext = createContext<DialogLayer>({ opened: () => () => {} });

export function useDialogLayer(isOpen: boolean): void {
  const layer = useContext(DialogLayerContext);
  useEffect(() => (isOpen ? layer.opened() : undefined), [layer, isOpen]);
}
