import { useEffect, useState } from 'react';

const LOOK_MS = 250;

/** Where something of the window is now, looked for anew while it moves; null while it is not to be seen. */
export function useTargetRect(selector: string): DOMRect | null {
  const [rect, setRect] = useState<DOMRect | null>(null);
  useEffect(() => {
    const look = () => {
      const found = document.querySelector(selector)?.getBoundingClientRect();
      const seen = found && found.width > 0 && found.top < window.innerHeight ? found : null;
      setRect((now) => (isSame(now, seen) ? now : seen));
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    window.addEventListener('resize', look);
    return () => {
      clearInterval(timer);
      window.removeEventListener('resize', look);
    };
  }, [selector]);
  return rect;
}

function isSame(a: DOMRect | null, b: DOMRect | null): boolean {
  if (a === null || b === null) return a === b;
  return a.top === b.top && a.left === b.left && a.width === b.width && a.height === b.height;
}
