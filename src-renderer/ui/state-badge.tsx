import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconClock,
  IconClockExclamation,
  IconHandStop,
  IconHelpCircle,
  IconHourglass,
  IconPlayerPause,
  IconSend,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostState, PostView } from '../../src-preload/views.ts';
import styles from './state-badge.module.css';

type Look = { icon: ComponentType<{ size?: number; stroke?: number }>; tone: string };

/** What is shown of a post: its state, or what more is known of it. */
export type ShownState = PostState | 'heldByStop' | 'waitsForYes';

export function shownStateOf(
  post: Pick<PostView, 'state' | 'isHeldByStop'> & { reason?: string; waitsFor?: string },
): ShownState {
  if (post.isHeldByStop) return 'heldByStop';
  const waits = post.reason === 'needs-yes' || (post.waitsFor ?? '') !== '';
  return post.state === 'held' && waits ? 'waitsForYes' : post.state;
}

const LOOKS: Record<ShownState, Look> = {
  scheduled: { icon: IconClock, tone: 'calm' },
  publishing: { icon: IconSend, tone: 'calm' },
  published: { icon: IconCircleCheck, tone: 'good' },
  failed: { icon: IconAlertTriangle, tone: 'bad' },
  held: { icon: IconPlayerPause, tone: 'quiet' },
  missed: { icon: IconClockExclamation, tone: 'warn' },
  canceled: { icon: IconBan, tone: 'quiet' },
  unconfirmed: { icon: IconHelpCircle, tone: 'warn' },
  heldByStop: { icon: IconHandStop, tone: 'bad' },
  waitsForYes: { icon: IconHourglass, tone: 'quiet' },
};

/** A post's state: an icon and its word, so that the colour is never needed to read it. */
export function PostStateBadge({ state }: { state: ShownState }) {
  const { t } = useTranslation('common');
  const { icon: Icon, tone } = LOOKS[state];
  return (
    <span className={styles.badge} data-tone={tone}>
      <Icon size={14} stroke={2} />
      {t(`postState.${state}`)}
    </span>
  );
}

/** The same look for other states: `icon` and words are the caller's. */
export function Badge(props: {
  tone: 'calm' | 'good' | 'warn' | 'bad' | 'quiet';
  icon: Look['icon'];
  children: string;
}) {
  const Icon = props.icon;
  return (
    <span className={styles.badge} data-tone={props.tone}>
      <Icon size={14} stroke={2} />
      {props.children}
    </span>
  );
}

/** The icon alone, in its colour, for where a post's state is in words beside it or in its name. */
export function StateIcon({ state }: { state: ShownState }) {
  const { icon: Icon, tone } = LOOKS[state];
  return (
    <span className={styles.icon} data-tone={tone} aria-hidden="true">
      <Icon size={14} stroke={2} />
    </span>
  );
}
