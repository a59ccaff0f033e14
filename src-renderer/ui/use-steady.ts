import { useCallback, useLayoutEffect, useRef } from 'react';

/** The same function for as long as the component is there, which does what `act` does now. Not to be called while something is drawn. */
export function useSteady<Given extends unknown[], Answer>(
  act: (...given: Given) => Answer,
): (...given: Given) => Answer {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useCallback((...given) => latest.current(...given), []);
}
