import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostView } from '../../src-preload/views.ts';
import { TakeDown } from '../queue/take-down.tsx';
import { Settle } from '../review/row-actions.tsx';
import { numberOf, placedTimeOf, useLanguage } from '../time.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import { PostLink } from '../ui/post-link.tsx';
import { type DeskIndex, type Places, usePlaces } from '../ui/use-desk.ts';
import styles from './room.module.css';
import { useStopWords } from './stop-words.ts';
import type { RoomPosts } from './use-room.ts';

type Props = { posts: RoomPosts | null; desk: DeskIndex };

/** What went out shortly before the stop and since, per brand, with a way to take it down: never by itself. */
export function PublishedPosts({ posts, desk }: Props) {
  const { t } = useTranslation('stop');
  const { when } = useStopWords();
  return (
    <PostsByBrand posts={posts} desk={desk} none={t('room.publishedNone')}>
      {(post, places) => (
        <>
          <Line post={post} places={places} when={t('room.outAt', { when: when(post.changedAt) })} />
          {post.refs.map((ref) => (
            <span key={ref.id} className={styles.link}>
              <PostLink url={ref.url} />
            </span>
          ))}
          <div className={styles.actions}>
            <TakeDown post={post} />
          </div>
        </>
      )}
    </PostsByBrand>
  );
}

/** What may be out: looked up, or said by a person, in one click. */
export function UnconfirmedPosts({ posts, desk }: Props) {
  const { t } = useTranslation('stop');
  const language = useLanguage();
  return (
    <PostsByBrand posts={posts} desk={desk} none={t('room.unconfirmedNone')}>
      {(post, places) => (
        <>
          <Line
            post={post}
            places={places}
            when={placedTimeOf(post.publishAt, language, places.zoneOf(post.brandId, post.timeZone))}
          />
          <div className={styles.actions}>
            <Settle post={post} />
          </div>
        </>
      )}
    </PostsByBrand>
  );
}

function PostsByBrand(
  props: Props & { none: string; children: (post: PostView, places: Places) => ReactNode },
) {
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const places = usePlaces(props.desk);
  const { posts } = props;
  if (!posts) return <p className={styles.hint}>{t('room.notKnown')}</p>;
  if (posts.groups.length === 0) return <p className={styles.hint}>{props.none}</p>;
  return (
    <>
      {posts.groups.map((group) => (
        <section key={group.brandId} className={styles.brand} aria-label={group.name}>
          <h3>
            <BrandMark name={group.name} colour={places.colourOf(group.brandId)} />
            <span>{numberOf(group.posts.length, language)}</span>
          </h3>
          <ul>
            {group.posts.map((post) => (
              <li key={post.id}>{props.children(post, places)}</li>
            ))}
          </ul>
        </section>
      ))}
      {posts.isAll ? null : (
        <p className={styles.hint}>{t('room.more', { n: numberOf(posts.count, language) })}</p>
      )}
    </>
  );
}

function Line({ post, places, when }: { post: PostView; places: Places; when: string }) {
  const { t } = useTranslation('review');
  return (
    <>
      <span className={styles.where}>
        {places.networkName(post.network)} · {post.account} · <time>{when}</time>
      </span>
      <span className={styles.text}>{(post.parts[0] ?? '').replace(/\s+/gu, ' ') || t('noText')}</span>
    </>
  );
}
