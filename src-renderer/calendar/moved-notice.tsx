import { Button, CloseButton, Group } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { dayTimeOf, useLanguage, zoneWordsOf } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import type { Moved } from './use-move-post.ts';

/** Says from when to when a post was moved, in its brand's zone and with the clock of each time, and takes it back (Ctrl+Z as well). */
export function MovedNotice(props: {
  moved: Moved;
  zone: string;
  canUndo: boolean;
  isRunning: boolean;
  onUndo: () => void;
  onClose: () => void;
}) {
  const { moved, zone } = props;
  const { t } = useTranslation(['calendar', 'common']);
  const language = useLanguage();
  const words = (at: number) => `${dayTimeOf(at, language, zone)} (${zoneWordsOf(at, language, zone)})`;
  useHotkeys([['mod+Z', props.onUndo]]);
  return (
    <Notice
      tone={moved.planWarning === '' && moved.waiting === 0 ? 'good' : 'warn'}
      action={
        <Group gap={4} wrap="nowrap">
          {props.canUndo ? (
            <Button size="compact-sm" variant="default" loading={props.isRunning} onClick={props.onUndo}>
              {t('common:undo')}
            </Button>
          ) : null}
          <CloseButton size="sm" aria-label={t('common:close')} onClick={props.onClose} />
        </Group>
      }
    >
      <span role="status">
        {t('move.done', {
          account: moved.post.account,
          brand: moved.post.brand,
          from: words(moved.post.publishAt),
          to: words(moved.to),
        })}
        {moved.waiting > 0
          ? ` ${t('move.doneWaits')}`
          : moved.post.state === 'scheduled'
            ? ''
            : ` ${t('move.doneNow')}`}
        {moved.planWarning === '' ? '' : ` ${moved.planWarning}`}
      </span>
    </Notice>
  );
}
