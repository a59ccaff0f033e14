import { useCallback, useState } from 'react';
import type { PostView } from '../../src-preload/views.ts';
import type { DeskIndex } from '../ui/use-desk.ts';
import { YesDialog, type YesStep } from '../yes/yes-dialogs.tsx';
import { type BulkSaid, type BulkStep, stepOf } from './bulk-actions.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { PostPane } from './post-pane.tsx';

type Steps = {
  readonly openId: number | null;
  readonly open: (postId: number | null) => void;
  readonly step: BulkStep | null;
  /** Asks about a step; what was said of the last one goes. */
  readonly start: (step: BulkStep | null) => void;
  /** What the last step did, until it was read. */
  readonly done: BulkSaid | null;
  readonly say: (done: BulkSaid | null) => void;
  /** Asks about the yes of these posts. */
  readonly askYes: (step: YesStep, posts: readonly PostView[]) => void;
  readonly yes: { readonly step: YesStep; readonly posts: readonly PostView[] } | null;
  readonly closeYes: () => void;
};

/** The post that is open in a view, the step that is asked about, and what the last one did. */
export function usePostSteps(): Steps {
  const [openId, open] = useState<number | null>(null);
  const [step, setStep] = useState<BulkStep | null>(null);
  const [done, say] = useState<BulkSaid | null>(null);
  const [yes, setYes] = useState<Steps['yes']>(null);
  const askYes = useCallback((which: YesStep, posts: readonly PostView[]) => {
    open(null);
    setYes({ step: which, posts });
  }, []);
  const closeYes = useCallback(() => setYes(null), []);
  const start = useCallback((next: BulkStep | null) => {
    open(null);
    say(null);
    setStep(next);
  }, []);
  return { openId, open, step, start, done, say, askYes, yes, closeYes };
}

/** What stands over the view: the post, or the question before the step. `onDone` when one was done. */
export function PostSteps(props: { steps: Steps; desk: DeskIndex; onDone?: () => void }) {
  const { desk } = props;
  const { openId, open, step, start, say, yes } = props.steps;
  return (
    <>
      {openId !== null ? (
        <PostPane
          key={openId}
          postId={openId}
          desk={desk}
          onClose={() => open(null)}
          onBulk={(action, post) => start(stepOf(action, [post]))}
          onYes={(which, post) => props.steps.askYes(which, [post])}
        />
      ) : null}
      {yes ? (
        <YesDialog step={yes.step} posts={yes.posts} desk={desk} onClose={props.steps.closeYes} />
      ) : null}
      {step ? (
        <BulkDialog
          step={step}
          desk={desk}
          onClose={() => start(null)}
          onDone={(done) => {
            start(null);
            props.onDone?.();
            say(done);
          }}
        />
      ) : null}
    </>
  );
}
