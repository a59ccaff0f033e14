import { Button } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import type { BulkAction } from '../queue/bulk-actions.ts';
import { ACTION_ICONS } from '../queue/post-actions.tsx';
import { numberOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import css from './review-bar.module.css';
import type { ReviewState } from './review-groups.ts';
import { type LookedUp, useLookUpAll } from './use-look-up-all.ts';

const ACTIONS: Readonly<Record<ReviewState, readonly BulkAction[]>> = {
  missed: ['move', 'draft', 'cancel'],
  held: ['resume', 'move', 'draft', 'cancel'],
  unconfirmed: [],
};

/** Choose all, and decide for all that are chosen; unconfirmed posts can only be looked up together. */
export function ReviewBar(props: {
  state: ReviewState;
  shown: readonly PostView[];
  chosen: readonly PostView[];
  onChoose: (selection: 'all' | ReadonlySet<number>) => void;
  onBulk: (action: BulkAction) => void;
}) {
  const { state, shown, chosen } = props;
  const { t } = useTranslation('review');
  const language = useLanguage();
  const n = (value: number) => numberOf(value, language);
  return (
    <div className={css.bar} data-chosen={chosen.length > 0 ? '' : undefined}>
      <span role="status">
        {chosen.length === 0 ? t('bar.none') : t('bar.chosen', { count: chosen.length, n: n(chosen.length) })}
      </span>
      {chosen.length === 0
        ? null
        : ACTIONS[state].map((action) => {
            const Icon = ACTION_ICONS[action];
            return (
              <Button
                key={action}
                size="compact-sm"
                variant="default"
                leftSection={<Icon size={15} aria-hidden="true" />}
                onClick={() => props.onBulk(action)}
              >
                {t(`action.${action as 'move'}`)}
              </Button>
            );
          })}
      {state === 'unconfirmed' ? <LookUpAll posts={chosen.length > 0 ? chosen : shown} /> : null}
      <span className={css.gap} />
      {chosen.length < shown.length ? (
        <Button size="compact-sm" variant="subtle" onClick={() => props.onChoose('all')}>
          {t('bar.all', { n: n(shown.length) })}
        </Button>
      ) : null}
      {chosen.length > 0 ? (
        <Button size="compact-sm" variant="subtle" onClick={() => props.onChoose(new Set())}>
          {t('bar.clear')}
        </Button>
      ) : null}
    </div>
  );
}

function LookUpAll({ posts }: { posts: readonly PostView[] }) {
  const { t } = useTranslation('review');
  const language = useLanguage();
  const networks = useRead('network.list', {});
  const all = useLookUpAll();
  const [found, setFound] = useState<LookedUp | null>(null);
  const n = (value: number) => numberOf(value, language);
  const askable = posts.filter(
    (post) => networks.data?.find((one) => one.network === post.network)?.canFind ?? false,
  );
  return (
    <>
      {askable.length > 0 || all.done !== null ? (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconSearch size={15} aria-hidden="true" />}
          disabled={all.done !== null}
          onClick={() => void all.run(askable).then(setFound)}
        >
          {all.done === null
            ? t('lookUp.all', { count: askable.length, n: n(askable.length) })
            : t('lookUp.progress', { n: n(all.done) })}
        </Button>
      ) : null}
      {found && all.done === null ? (
        <Notice tone={found.refused === '' ? 'good' : 'bad'}>
          <span role="status">
            {t('lookUp.result', {
              published: n(found.published),
              absent: n(found.absent),
              unclear: n(found.unclear),
            })}{' '}
            {found.refused}
          </span>
        </Notice>
      ) : null}
    </>
  );
}
