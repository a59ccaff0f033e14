import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type ComponentType, lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge, useRead } from './api.ts';
import styles from './app.module.css';
import { DrillStrip } from './drill/drill-strip.tsx';
import { FirstRun } from './first-run/first-run.tsx';
import { HelpDialog } from './help/help-dialog.tsx';
import { StopBanner } from './stop/banner.tsx';
import { PublishingContext, useCreatePublishing } from './stop/publishing.ts';
import { ReleaseDialog } from './stop/release-dialog.tsx';
import { StartDialog } from './stop/start-dialog.tsx';
import { BareBar, StatusBar } from './stop/status-bar.tsx';
import { StopPartDialog } from './stop/stop-part-dialog.tsx';
import { Tour } from './tour/tour.tsx';
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

/** Why a view is not there: Chromium keeps the failure for as long as the page lives, so only a new page reads the file anew. */
class NotLoaded extends Error {}

function screen(load: () => Promise<ComponentType>) {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch (error) {
      throw new NotLoaded(error instanceof Error ? error.message : String(error));
    }
  });
}

const SCREENS: Record<ViewName, ComponentType> = {
  desk: screen(async () => (await import('./accounts/desk-view.tsx')).DeskView),
  queue: screen(async () => (await import('./queue/queue-view.tsx')).QueueView),
  calendar: screen(async () => (await import('./calendar/calendar-view.tsx')).CalendarView),
  compose: screen(async () => (await import('./compose/compose-view.tsx')).ComposeView),
  import: screen(async () => (await import('./import/import-view.tsx')).ImportView),
  review: screen(async () => (await import('./review/review-view.tsx')).ReviewView),
  journal: screen(async () => (await import('./journal/journal-view.tsx')).JournalView),
  stop: screen(async () => (await import('./stop/stop-room.tsx')).StopRoom),
  plan: screen(async () => (await import('./plan/plan-view.tsx')).PlanView),
  settings: screen(async () => (await import('./settings/settings-view.tsx')).SettingsView),
};

/** These read files, not the database. */
const NEEDS_NO_DATABASE: readonly ViewName[] = ['journal', 'stop', 'settings'];

/** The frame of the window: status bar above everything, what is stopped, views at the left, one view. */
export function App() {
  const publishing = useCreatePublishing();
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const [dialogs, setDialogs] = useState(0);
  // Beside the others: a dialog opened during the tour does not end it.
  const [isTour, setIsTour] = useState(false);
  const commands = useMemo(
    () => ({
      overlay,
      open: (wanted: Overlay) => {
        setOverlay(wanted === 'tour' ? null : wanted);
        if (wanted === 'tour') setIsTour(true);
      },
      close: () => setOverlay(null),
    }),
    [overlay],
  );
  const layer = useMemo(
    () => ({
      opened: () => {
        setDialogs((count) => count + 1);
        return () => setDialogs((count) => count - 1);
      },
    }),
    [],
  );
  useWindowKeys(commands.open);
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
            <ViewBoundary fallback={() => <BareBar />}>
              <StatusBar />
            </ViewBoundary>
            <div className={styles.below} inert={dialogs > 0}>
              <ViewBoundary fallback={() => null}>
                <StopBanner />
                <DrillStrip />
              </ViewBoundary>
              <div className={styles.views}>
                <ViewBoundary fallback={() => null}>
                  <Navigation />
                </ViewBoundary>
                <main className={styles.main}>
                  <DropdownLayer>
                    <CurrentView />
                  </DropdownLayer>
                </main>
              </div>
            </div>
          </div>
          <ViewBoundary key={overlay} fallback={() => null}>
            <StartDialog opened={overlay === 'start'} onClose={commands.close} />
            <StopPartDialog opened={overlay === 'stop-part'} onClose={commands.close} />
            <ReleaseDialog opened={overlay === 'release'} onClose={commands.close} />
            <HelpDialog opened={overlay === 'help'} onClose={commands.close} />
            <ShortcutSheet opened={overlay === 'shortcuts'} onClose={commands.close} />
          </ViewBoundary>
          <ViewBoundary fallback={() => null}>
            {isTour ? <Tour isCovered={dialogs > 0} onClose={() => setIsTour(false)} /> : null}
          </ViewBoundary>
          <ViewBoundary fallback={() => null}>
            <Palette />
          </ViewBoundary>
        </DialogLayerContext>
      </CommandsContext>
    </PublishingContext>
  );
}

function CurrentView() {
  const { view } = useRoute();
  const app = useRead('app.read', {}).data;
  const [wantsEmptyDesk, setWantsEmptyDesk] = useKept('first-run.empty', false);
  if (app?.databaseProblem && !NEEDS_NO_DATABASE.includes(view))
    return <DatabaseProblem problem={app.databaseProblem} />;
  if (app?.isFirstRun && !wantsEmptyDesk && view === 'desk')
    return <FirstRun onEmpty={() => setWantsEmptyDesk(true)} />;
  const View = SCREENS[view];
  return (
    <ViewBoundary key={view} fallback={(error, retry) => <BrokenView error={error} onRetry={retry} />}>
      <Suspense fallback={null}>
        <View />
      </Suspense>
    </ViewBoundary>
  );
}

/** What is read again with a broken view: everything but what was typed or chosen, and what the frame itself stands on. */
const NOT_READ_AGAIN: readonly unknown[] = ['kept', 'publishing.read', 'app.read'];

function BrokenView({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation(['shell', 'common']);
  const client = useQueryClient();
  const isLoaded = !(error instanceof NotLoaded);
  const retry = () => {
    if (!isLoaded) {
      location.reload();
      return;
    }
    // An answer that a view could not draw must not be what it is given again.
    void client.resetQueries({ predicate: ({ queryKey }) => !NOT_READ_AGAIN.includes(queryKey[0]) });
    onRetry();
  };
  return (
    <div className={styles.failed} role="alert">
      <h1>{t(isLoaded ? 'crashed' : 'notLoaded')}</h1>
      <Notice tone="bad">{t(isLoaded ? 'crashedMore' : 'notLoadedMore', { message: error.message })}</Notice>
      <Button leftSection={<IconRefresh size={16} aria-hidden="true" />} onClick={retry}>
        {t(isLoaded ? 'common:retry' : 'loadAgain')}
      </Button>
    </div>
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
