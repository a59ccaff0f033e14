import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge, useRead } from './api.ts';
import styles from './app.module.css';
import { FirstRun } from './first-run/first-run.tsx';
import { StopBanner } from './stop/banner.tsx';
import { PublishingContext, useCreatePublishing } from './stop/publishing.ts';
import { ReleaseDialog } from './stop/release-dialog.tsx';
import { StartDialog } from './stop/start-dialog.tsx';
import { StatusBar } from './stop/status-bar.tsx';
import { CommandsContext, type Overlay } from './ui/commands.ts';
import { DatabaseProblem } from './ui/database-problem.tsx';
import { DialogLayerContext } from './ui/dialog-layer.ts';
import { DropdownLayer } from './ui/dropdown-layer.tsx';
import { Navigation } from './ui/navigation.tsx';
import { Notice } from './ui/notice.tsx';
import { Palette } from './ui/palette.tsx';
import { ShortcutSheet } from './ui/shortcut-sheet.tsx';
import { useKept } from './ui/use-kept.ts';
import { useWindowKeys } from './ui/use-window-keys.ts';
import { ViewBoundary } from './ui/view-boundary.tsx';
import { useOpenView, useRoute, VIEWS, type ViewName } from './ui/view-route.ts';

const SCREENS = {
  desk: lazy(() => import('./accounts/desk-view.tsx').then((file) => ({ default: file.DeskView }))),
  queue: lazy(() => import('./queue/queue-view.tsx').then((file) => ({ default: file.QueueView }))),
  compose: lazy(() => import('./compose/compose-view.tsx').then((file) => ({ default: file.ComposeView }))),
  import: lazy(() => import('./import/import-view.tsx').then((file) => ({ default: file.ImportView }))),
  review: lazy(() => import('./review/review-view.tsx').then((file) => ({ default: file.ReviewView }))),
  journal: lazy(() => import('./journal/journal-view.tsx').then((file) => ({ default: file.JournalView }))),
  stop: lazy(() => import('./stop/stop-room.tsx').then((file) => ({ default: file.StopRoom }))),
  settings: lazy(() =>
    import('./settings/settings-view.tsx').then((file) => ({ default: file.SettingsView })),
  ),
} satisfies Record<ViewName, unknown>;

/** These read files, not the database. */
const NEEDS_NO_DATABASE: readonly ViewName[] = ['journal', 'stop', 'settings'];

/** The frame of the window: status bar above everything, what is stopped, views at the left, one view. */
export function App() {
  const publishing = useCreatePublishing();
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const [dialogs, setDialogs] = useState(0);
  const commands = useMemo(() => ({ overlay, open: setOverlay, close: () => setOverlay(null) }), [overlay]);
  const layer = useMemo(
    () => ({
      opened: () => {
        setDialogs((count) => count + 1);
        return () => setDialogs((count) => count - 1);
      },
    }),
    [],
  );
  useWindowKeys(useCallback(() => setOverlay('shortcuts'), []));
  useOpenedByMain();
  const { t } = useTranslation('stop');
  useEffect(() => {
    document.title = `${t(`state.${publishing.state}`)} · All Stop`;
  }, [t, publishing.state]);

  return (
    <PublishingContext value={publishing}>
      <CommandsContext value={commands}>
        <DialogLayerContext value={layer}>
          <div className={styles.frame} data-state={publishing.state}>
            <StatusBar />
            <div className={styles.below} inert={dialogs > 0}>
              <StopBanner />
              <div className={styles.views}>
                <Navigation />
                <main className={styles.main}>
                  <DropdownLayer>
                    <CurrentView />
                  </DropdownLayer>
                </main>
              </div>
            </div>
          </div>
          <StartDialog opened={overlay === 'start'} onClose={commands.close} />
          <ReleaseDialog opened={overlay === 'release'} onClose={commands.close} />
          <ShortcutSheet opened={overlay === 'shortcuts'} onClose={commands.close} />
          <Palette />
        </DialogLayerContext>
      </CommandsContext>
    </PublishingContext>
  );
}

function CurrentView() {
  const { t } = useTranslation('shell');
  const { view } = useRoute();
  const app = useRead('app.read', {}).data;
  const [wantsEmptyDesk, setWantsEmptyDesk] = useKept('first-run.empty', false);
  if (app?.databaseProblem && !NEEDS_NO_DATABASE.includes(view))
    return <DatabaseProblem problem={app.databaseProblem} />;
  if (app?.isFirstRun && !wantsEmptyDesk && view === 'desk')
    return <FirstRun onEmpty={() => setWantsEmptyDesk(true)} />;
  const View = SCREENS[view];
  const failed = (message: string): ReactNode => (
    <div className={styles.failed} role="alert">
      <h1>{t('crashed')}</h1>
      <Notice tone="bad">{t('crashedMore', { message })}</Notice>
    </div>
  );
  return (
    <ViewBoundary key={view} fallback={failed}>
      <Suspense fallback={null}>
        <View />
      </Suspense>
    </ViewBoundary>
  );
}

/** Main may ask for a view: from a notification, the tray or a second start of the app. */
function useOpenedByMain(): void {
  const bridge = useBridge();
  const openView = useOpenView();
  useEffect(
    () =>
      bridge.on('view.open', ({ view }) => {
        const known = VIEWS.find((name) => name === view);
        if (known) openView(known);
      }),
    [bridge, openView],
  );
}
