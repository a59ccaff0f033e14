import { useTranslation } from 'react-i18next';
import type { CoveredElsewhere } from '../elsewhere/covered-elsewhere.ts';
import { isOpenItem } from '../elsewhere/use-elsewhere.ts';
import { numberOf, useLanguage } from '../time.ts';
import styles from './room.module.css';
import type { Room, RoomPosts } from './use-room.ts';

/** Six numbers, each a way to what is behind it. What is not known is not given as nought. */
export function RoomTiles(props: {
  room: Room;
  tools: { left: number; listed: number } | null;
  /** Null while it is not read. */
  covered: CoveredElsewhere | null;
}) {
  const { room, tools, covered } = props;
  const { t: planners } = useTranslation('elsewhere');
  const live = covered?.groups.flatMap(({ items }) => items).filter(isOpenItem).length ?? null;
  const unread = covered?.unread.length ?? 0;
  const { t } = useTranslation('stop');
  const flying = room.inFlight.filter((line) => line.outcome === 'in-flight').length;
  return (
    <div className={styles.tiles}>
      <Tile to="room-kept-back" name={t('room.tiles.keptBack')} value={room.keptBack} tone="held" />
      <Tile
        to="room-in-flight"
        name={t('room.tiles.inFlight')}
        value={flying}
        more={t('room.tiles.atPress', { count: room.inFlight.length })}
        tone={flying > 0 ? 'warn' : 'calm'}
      />
      <Tile
        to="room-published"
        name={t('room.tiles.published')}
        value={room.published?.count ?? null}
        isLeast={isLeast(room.published)}
        more={room.published?.gone ? t('room.tiles.gone', { count: room.published.gone }) : ''}
        tone="calm"
      />
      <Tile
        to="room-unconfirmed"
        name={t('room.tiles.unconfirmed')}
        value={room.unconfirmed?.count ?? null}
        isLeast={isLeast(room.unconfirmed)}
        tone={room.unconfirmed?.count ? 'warn' : 'calm'}
      />
      <Tile
        to="room-planners"
        name={planners('room.tile')}
        value={live}
        isLeast={unread > 0}
        more={unread > 0 ? planners('room.tileUnread', { count: unread }) : ''}
        tone={live ? 'warn' : 'calm'}
      />
      <Tile
        to="room-elsewhere"
        name={t('room.tiles.elsewhere')}
        value={tools?.left ?? null}
        more={tools ? t('room.tiles.listed', { count: tools.listed }) : ''}
        tone={tools?.left ? 'warn' : 'calm'}
      />
    </div>
  );
}

const isLeast = (posts: RoomPosts | null) => posts !== null && !posts.isAll;

function Tile(props: {
  to: string;
  name: string;
  value: number | null;
  more?: string;
  /** There may be more than were read. */
  isLeast?: boolean;
  tone: 'held' | 'warn' | 'calm';
}) {
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const { value } = props;
  const words = value === null ? t('room.notKnown') : numberOf(value, language);
  return (
    <button
      type="button"
      className={styles.tile}
      data-tone={props.tone}
      onClick={() => document.getElementById(props.to)?.scrollIntoView({ block: 'start' })}
    >
      <strong data-words={value === null ? '' : undefined}>
        {props.isLeast ? t('room.tiles.atLeast', { n: words }) : words}
      </strong>
      <span>{props.name}</span>
      {props.more ? <small>{props.more}</small> : null}
    </button>
  );
}
