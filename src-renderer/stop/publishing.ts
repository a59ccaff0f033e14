import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Requests } from '../../src-preload/contract.ts';
import type { PublishingState, PublishingView, ScopeView } from '../../src-preload/views.ts';
import { keyOf, useBridge, useRead } from '../api.ts';

/** A press or a read unanswered for this long is said, and not taken for a yes. */
const ANSWER_MS = 1_500;
/** Events say when to read again; this mends a lost one. */
const REREAD_MS = 5_000;

export type EngageProblem = { kind: 'refused' | 'no-answer'; message: string };

export type Publishing = {
  /** What main said last; null before its first answer. */
  view: PublishingView | null;
  /** What may be claimed: 'stopped' only when main says so; 'not-confirmed' whenever main does not answer. */
  state: PublishingState;
  isAnswering: boolean;
  /** Why a press in this window is not known to have stopped everything; null otherwise. */
  problem: EngageProblem | null;
  engageEverything(): void;
  /** Stops what these scopes cover and nothing else. Resolves to a sentence when it was refused, else to ''. */
  engageScopes(scopes: readonly ScopeView[], reason?: string): Promise<string>;
  /** Main's answer to a start or a release, shown without waiting for an event. */
  take(view: PublishingView): void;
};

export const PublishingContext = createContext<Publishing | null>(null);

export function usePublishing(): Publishing {
  const publishing = useContext(PublishingContext);
  if (!publishing) throw new Error('usePublishing outside PublishingContext');
  return publishing;
}

/** Builds the one `Publishing` of the window; the stop goes over the bridge itself and never waits for Query. */
export function useCreatePublishing(): Publishing {
  const bridge = useBridge();
  const client = useQueryClient();
  const { t } = useTranslation('stop');
  const read = useRead('publishing.read', {});
  const view = read.data ?? null;
  const [isEngaging, setIsEngaging] = useState(false);
  const [problem, setProblem] = useState<EngageProblem | null>(null);
  const press = useRef(0);

  const refetch = read.refetch;
  useEffect(() => {
    const timer = setInterval(() => void refetch({ cancelRefetch: false }), REREAD_MS);
    return () => clearInterval(timer);
  }, [refetch]);

  const isWaiting = useIsLong(read.fetchStatus === 'fetching', ANSWER_MS);
  const isAnswering = !isWaiting && read.error === null;

  const take = useCallback(
    (next: PublishingView) => {
      client.setQueryData(keyOf('publishing.read', {}), next);
      if (next.state === 'stopped') setProblem(null);
    },
    [client],
  );

  const engageEverything = useCallback(() => {
    const number = ++press.current;
    const answered = bridge.request('stop.engage', { scopes: [{ kind: 'everything' }] });
    setIsEngaging(true);
    const timer = setTimeout(() => {
      if (number === press.current) setProblem({ kind: 'no-answer', message: '' });
    }, ANSWER_MS);
    answered
      .then((reply) => {
        if (!reply.ok) throw new Error(reply.error.message);
        setProblem(null);
        take(reply.value);
      })
      .catch((error: unknown) => {
        setProblem({ kind: 'refused', message: error instanceof Error ? error.message : String(error) });
      })
      .finally(() => {
        clearTimeout(timer);
        setIsEngaging(false);
      });
  }, [bridge, take]);

  const engageScopes = useCallback(
    async (scopes: readonly ScopeView[], reason = '') => {
      try {
        const reply = await bridge.request('stop.engage', { scopes: scopes.map(toScope), reason });
        if (!reply.ok) return reply.error.message;
        take(reply.value);
        return '';
      } catch {
        return t('noAnswer');
      }
    },
    [bridge, take, t],
  );

  const state: PublishingState =
    view?.state === 'stopped' && isAnswering
      ? 'stopped'
      : problem
        ? 'not-confirmed'
        : isEngaging
          ? 'stopping'
          : view && isAnswering
            ? view.state
            : 'not-confirmed';

  return useMemo(
    () => ({ view, state, isAnswering, problem, engageEverything, engageScopes, take }),
    [view, state, isAnswering, problem, engageEverything, engageScopes, take],
  );
}

/** Without the names that are for people. */
function toScope(scope: ScopeView): Requests['stop.engage']['scopes'][number] {
  switch (scope.kind) {
    case 'brand':
      return { kind: 'brand', brandId: scope.brandId };
    case 'account':
      return { kind: 'account', accountId: scope.accountId };
    default:
      return scope;
  }
}

/** True once `is` has been true for `ms` without a break. */
function useIsLong(is: boolean, ms: number): boolean {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!is) {
      setIsLong(false);
      return;
    }
    const timer = setTimeout(() => setIsLong(true), ms);
    return () => clearTimeout(timer);
  }, [is, ms]);
  return isLong;
}
