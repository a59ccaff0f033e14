/**
 * Quitting by the menu, its key or the tray while posts wait and are allowed out: that nothing goes out any more has to be said, as it is
 * when the window is closed. Who asks a second time while the question stands means it. The end of the session and signals of the
 * system do not come here: they are never held up.
 */
export function createQuitQuestion(deps: {
  isNeeded: () => boolean;
  /** Resolves to whether the person wants to quit; the question may also end with the app. */
  ask: () => Promise<boolean>;
  quit: () => void;
}) {
  let isAsking = false;

  async function ask(): Promise<void> {
    isAsking = true;
    try {
      if (!(await deps.ask())) return;
    } finally {
      isAsking = false;
    }
    deps.quit();
  }

  return {
    /** Quits, after the question where there is one. */
    quit(): void {
      if (isAsking || !deps.isNeeded()) deps.quit();
      // A question that cannot be shown must not keep the app open.
      else ask().catch(deps.quit);
    },
    /** For the window's own button: asks once, whatever the reason. */
    ask(): void {
      if (!isAsking) ask().catch(deps.quit);
    },
  };
}
