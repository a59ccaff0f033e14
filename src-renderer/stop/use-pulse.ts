import { useEffect } from 'react';
import { useBridge } from '../api.ts';

/** Keys that differ between layouts, and those of the shortcuts offered. */
const TOLD_BY = [
  'KeyQ',
  'KeyW',
  'KeyA',
  'KeyZ',
  'KeyY',
  'KeyM',
  'KeyS',
  'KeyX',
  'KeyK',
  'Digit1',
  'Semicolon',
];

type KeyboardMap = { readonly get: (code: string) => string | undefined };
type WithKeyboard = { readonly keyboard?: { readonly getLayoutMap: () => Promise<KeyboardMap> } };

/** What these keys write in the present layout; '' where Chromium does not tell. */
async function readKeyboard(): Promise<string> {
  try {
    const map = await (navigator as WithKeyboard).keyboard?.getLayoutMap();
    return map ? TOLD_BY.map((code) => map.get(code) ?? '_').join('') : '';
  } catch {
    return '';
  }
}

/** Answers main's question whether the page is alive. Used by the red button: where that is not shown, nothing answers. */
export function usePulse(): void {
  const bridge = useBridge();
  useEffect(
    () =>
      bridge.on('page.asked', ({ ask }) => {
        void readKeyboard().then((keyboard) => bridge.request('page.answer', { ask, keyboard }));
      }),
    [bridge],
  );
}
