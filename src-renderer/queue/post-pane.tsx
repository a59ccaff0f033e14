import { Loader, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PostDetailView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import {
  dayTimeOf,
  localZone,
  numberOf,
  placedTimeOf,
  relativeOf,
  useLanguage,
  useNow,
  zoneNameOf,
} from '../time.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { labelsText } from '../ui/labels.ts';
import { MediaThumb } from '../ui/media-thumb.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostLink } from '../ui/post-link.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { PostStateBadge, shownStateOf } from '../ui/state-badge.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import { useReason } from '../ui/use-reason.ts';
import type { YesStep } from '../yes/yes-dialogs.tsx';
import { YesFacts } from '../yes/yes-facts.tsx';
import type { BulkAction } from './bulk-actions.ts';
import { hasActions, PostActions } from './post-actions.tsx';
import { PostHistory } from './post-history.tsx';
import css from './post-pane.module.css';
import { TakeDown } from './take-down.tsx';
import { Unconfirmed } from './unconfirmed.tsx';

/** Everything known of one post, and what can be done with it. */
export function PostPane(props: {
  postId: number;
  desk: DeskIndex;
  onClose: () => void;
  onBulk: (action: BulkAction, post: PostDetailView) => void;
  onYes: (step: YesStep, post: PostDetailView) => void;
}) {
  const { t } = useTranslation(['queue', 'common']);
  const read = useRead('post.read', { postId: props.postId });
  const post = read.data;
  const title = post ? (
    <BrandMark name={post.brand} colour={props.desk.brandById.get(post.brandId)?.colour ?? ''} />
  ) : (
    t('pane.title')
  );
  return (
    <Dialog
      opened
      at="side"
      width={520}
      title={title}
      onClose={props.onClose}
      footer={
        post && hasActions(post.state) ? (
          <PostActions
            post={post}
            onBulk={(action) => props.onBulk(action, post)}
            onYes={(step) => props.onYes(step, post)}
          />
        ) : undefined
      }
    >
      <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />
      {read.isPending ? <Loader size="sm" aria-label={t('common:loading')} /> : null}
      {post ? <PostBody post={post} desk={props.desk} /> : null}
    </Dialog>
  );
}

function PostBody({ post, desk }: { post: PostDetailView; desk: DeskIndex }) {
  const { t } = useTranslation(['queue', 'common']);
  const reason = useReason();
  const account = desk.accountById.get(post.accountId);
  return (
    <Stack gap="md">
      <div className={css.head}>
        <PostStateBadge state={shownStateOf(post)} />
        <span data-selectable>
          {post.account} · {account?.networkName ?? post.network}
        </span>
      </div>
      {post.isHeldByStop ? <Notice tone="bad">{t('pane.heldByStop')}</Notice> : null}
      {post.reason !== '' || post.detail !== '' ? (
        <Notice tone={post.state === 'published' || post.state === 'canceled' ? 'calm' : 'warn'}>
          {[reason(post.reason, post.yes?.from), post.detail].filter((words) => words !== '').join(' ')}
        </Notice>
      ) : null}
      {post.state === 'unconfirmed' ? <Unconfirmed post={post} /> : null}
      <PostContent post={post} />
      <Facts post={post} zone={desk.brandById.get(post.brandId)?.timeZone ?? post.timeZone} />
      <YesFacts post={post} />
      <PostHistory
        history={post.history}
        zone={desk.brandById.get(post.brandId)?.timeZone ?? post.timeZone}
      />
      {post.state === 'published' || post.reason === 'cut' ? <TakeDown post={post} /> : null}
    </Stack>
  );
}

function PostContent({ post }: { post: PostDetailView }) {
  const { t } = useTranslation('queue');
  return (
    <div className={css.content}>
      {post.parts.map((part, index) => (
        <div key={`${post.id} ${String(index)}`} className={css.part}>
          {post.parts.length > 1 ? (
            <div className={css.partName}>{t('pane.part', { n: index + 1, of: post.parts.length })}</div>
          ) : null}
          <p className={css.text}>{part || t('table.noText')}</p>
        </div>
      ))}
      {post.link ? (
        <p className={css.link} data-selectable>
          {post.link}
        </p>
      ) : null}
      {post.media.map((media) => (
        <div key={media.sha256} className={css.media}>
          <MediaThumb sha256={media.sha256} mime={media.mime} name={media.name} altText={media.altText} />
          <div className={css.mediaWords}>
            <div data-selectable>{media.altText || <em>{t('media.noAlt')}</em>}</div>
            <div className={css.dim}>{media.name}</div>
          </div>
        </div>
      ))}
    </div>
  );
}

function Facts({ post, zone }: { post: PostDetailView; zone: string }) {
  const { t } = useTranslation(['queue', 'common']);
  const language = useLanguage();
  const now = useNow(20_000);
  const here = localZone();
  const facts: [string, string][] = [
    [
      t('pane.when'),
      `${dayTimeOf(post.publishAt, language, zone)} (${zone}, ${zoneNameOf(post.publishAt, language, zone)}), ${relativeOf(post.publishAt, now, language)}`,
    ],
  ];
  if (zoneNameOf(post.publishAt, language, here) !== zoneNameOf(post.publishAt, language, zone)) {
    facts.push([t('pane.here'), `${dayTimeOf(post.publishAt, language, here)} (${here})`]);
  }
  if (post.timeZone !== zone) {
    facts.push([t('pane.asked'), `${post.localTime.replace('T', ' ')} (${post.timeZone})`]);
  }
  if (post.label) facts.push([t('pane.labels'), labelsText(post.label)]);
  facts.push([t('pane.attempts'), numberOf(post.attempts, language)]);
  facts.push([t('pane.made'), placedTimeOf(post.createdAt, language, here)]);
  facts.push([t('pane.changed'), placedTimeOf(post.changedAt, language, here)]);
  return (
    <div>
      <dl className={css.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={css.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {post.refs.length > 0 ? (
          <div className={css.fact}>
            <dt>{t('pane.refs')}</dt>
            <dd>
              {post.refs.map((ref) => (
                <span key={ref.id} className={css.ref}>
                  {ref.url ? <PostLink url={ref.url} /> : ref.id}
                </span>
              ))}
            </dd>
          </div>
        ) : null}
      </dl>
    </div>
  );
}
