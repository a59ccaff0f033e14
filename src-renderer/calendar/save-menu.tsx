import { ActionIcon, Menu } from '@mantine/core';
import { IconCalendarShare, IconPrinter, IconTable, IconTableExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Requests } from '../../src-preload/contract.ts';
import { useAction } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { sayDone, sayRefused } from '../ui/toasts.ts';

const FORMATS = [
  ['ics', IconCalendarShare],
  ['csv', IconTable],
  ['pdf', IconPrinter],
] as const;

/** What the calendar shows, as a file: main asks where. */
export function SaveMenu({ asked }: { asked: Omit<Requests['calendar.save'], 'format'> }) {
  const { t } = useTranslation('calendar');
  const language = useLanguage();
  const save = useAction('calendar.save');
  const run = (format: (typeof FORMATS)[number][0]) =>
    save.mutate(
      { ...asked, format },
      {
        onSuccess: ({ path, posts, leftOut }) => {
          if (path === null) return;
          const words: string[] = [t('save.done', { count: posts, n: numberOf(posts, language), path })];
          if (leftOut > 0) words.push(t('save.leftOut', { count: leftOut, n: numberOf(leftOut, language) }));
          sayDone(words.join(' '));
        },
        onError: (error) => sayRefused(error.message),
      },
    );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t('save.label')} loading={save.isPending}>
          <IconTableExport size={18} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('save.label')}>
        {FORMATS.map(([format, Icon]) => (
          <Menu.Item
            key={format}
            leftSection={<Icon size={16} aria-hidden="true" />}
            onClick={() => run(format)}
          >
            {t(`save.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
