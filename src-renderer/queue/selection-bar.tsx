import { Button, Menu, Select } from '@mantine/core';
import { IconDots, IconFileCheck, IconHourglass, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { numberOf, useLanguage } from '../time.ts';
import type { YesStep } from '../yes/yes-dialogs.tsx';
import type { BulkAction } from './bulk-actions.ts';
import { ACTION_ICONS } from './post-actions.tsx';
import { ORDERS, type QueueOrder } from './queue-filter.ts';
import css from './selection-bar.module.css';

const ACTIONS: readonly BulkAction[] = ['hold', 'move', 'shift', 'cancel'];
const YES_STEPS = [
  { step: 'require', icon: IconHourglass },
  { step: 'ask', icon: IconFileCheck },
  { step: 'letGo', icon: IconPlayerPlay },
] as const;
const MORE: readonly BulkAction[] = ['resume', 'account', 'labels', 'draft'];

/**
 * One line above the table: what is shown while nothing is chosen, what can be done once something is. It keeps its height where there is room, so
 * the rows never jump under the pointer.
 */
export function SelectionBar(props: {
  chosen: number;
  /** How many there are in all pages. */
  total: number;
  /** First and last shown, counted from 1; 0 and 0 when none. */
  from: number;
  to: number;
  isEverything: boolean;
  order: QueueOrder;
  onOrder: (order: QueueOrder) => void;
  onBulk: (action: BulkAction) => void;
  /** Of the posts that are chosen one by one. */
  onYes: (step: YesStep) => void;
  onAll: () => void;
  onNone: () => void;
}) {
  const { chosen, total } = props;
  const { t } = useTranslation(['queue', 'yes']);
  const language = useLanguage();
  const n = (value: number) => numberOf(value, language);
  if (chosen === 0) {
    return (
      <div className={css.bar}>
        <span className={css.words}>
          {total === 0 ? '' : t('selection.shown', { from: n(props.from), to: n(props.to), total: n(total) })}
        </span>
        <span className={css.gap} />
        <Select
          aria-label={t('order.label')}
          size="xs"
          w={210}
          data={ORDERS.map((order) => ({ value: order, label: t(`order.${order}`) }))}
          value={props.order}
          onChange={(order) => props.onOrder(ORDERS.find((one) => one === order) ?? 'soonest')}
        />
      </div>
    );
  }
  return (
    <div className={css.bar} data-chosen="">
      <b className={css.words} role="status">
        {t('selection.chosen', { count: chosen, n: n(chosen) })}
      </b>
      {ACTIONS.map((action) => {
        const Icon = ACTION_ICONS[action];
        return (
          <Button
            key={action}
            size="compact-sm"
            variant="default"
            leftSection={<Icon size={15} aria-hidden="true" />}
            onClick={() => props.onBulk(action)}
          >
            {t(`action.${action}`)}
          </Button>
        );
      })}
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button size="compact-sm" variant="default" leftSection={<IconDots size={15} aria-hidden="true" />}>
            {t('selection.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {MORE.map((action) => {
            const Icon = ACTION_ICONS[action];
            return (
              <Menu.Item
                key={action}
                leftSection={<Icon size={15} aria-hidden="true" />}
                onClick={() => props.onBulk(action)}
              >
                {t(`action.${action}`)}
              </Menu.Item>
            );
          })}
          {YES_STEPS.map(({ step, icon: Icon }) => (
            <Menu.Item
              key={step}
              disabled={props.isEverything}
              leftSection={<Icon size={15} aria-hidden="true" />}
              onClick={() => props.onYes(step)}
            >
              {t(`yes:${step}.action`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <span className={css.gap} />
      {!props.isEverything && chosen < total ? (
        <Button size="compact-sm" variant="subtle" onClick={props.onAll}>
          {t('selection.all', { n: n(total) })}
        </Button>
      ) : null}
      <Button size="compact-sm" variant="subtle" onClick={props.onNone}>
        {t('selection.none')}
      </Button>
    </div>
  );
}
