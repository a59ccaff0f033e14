import { lazy, Suspense, useMemo, useState } from 'react';
import styles from './app.module.css';
import { StopBanner } from './stop/banner.tsx';
import { PublishingContext, useCreatePublishing } from './stop/publishing.ts';
import { StatusBar } from './stop/status-bar.tsx';
import { DialogLayerContext } from './ui/dialog-layer.ts';
import { Navigation } from './ui/navigation.tsx';
import { useRoute, type ViewName } from './ui/view-route.ts';

const VIEWS = {
  desk: lazy(() => import('./accounts/desk-view.tsx').then((file) => ({ default: file.DeskView }))),
  queue: lazy(() => import('./queue/queue-view.tsx').then((file) => ({ default: file.QueueView }))),
  compose: lazy(() => import('./compose/compose-view.tsx').then((file) => ({ default: file.ComposeView }))),
  import: lazy(() => import('./import/import-view.tsx').then((file) => ({ default: file.ImportView }))),
  review: lazy(() => import('./review/review-view.tsx').then((file) => ({ default: file.ReviewView }))),
  journal: lazy(() => import('./journal/journal-view.tsx').then((file) => ({ default: file.JournalView }))),
  settings: lazy(() =>
    import('./settings/settings-view.tsx').then((file) => ({ default: file.SettingsView })),
  ),
  stop: lazy(() => import('./stop/stop-room.tsx').then((file) => ({ default: file.StopRoom }))),
} satisfies Record<ViewName, unknown>;

/** The frame of the window: status bar above everything, views at the left, one view. */
export function App() {
  const publishing = useCreatePublishing();
  const { view } = useRoute();
  const [dialogs, setDialogs] = useState(0);
  const layer = useMemo(
    () => ({
      opened: () => {
        setDialogs((count) => count + 1);
        return () => setDialogs((count) => count - 1);
      },
    }),
    [],
  );
  const View = VIEWS[view];
  return (
    <PublishingContext value={publishing}>
      <DialogLayerContext value={layer}>
        <div className={styles.frame} data-state={publishing.state}>
          <StatusBar />
          <div className={styles.below} inert={dialogs > 0}>
            <StopBanner />
            <div className={styles.views}>
              <Navigation />
              <main className={styles.main}>
                <Suspense fallback={null}>
                  <View />
                </Suspense>
              </main>
            </div>
          </div>
        </div>
      </DialogLayerContext>
    </PublishingContext>
  );
}
