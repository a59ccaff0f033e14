import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';
import { useKept } from '../ui/use-kept.ts';
import { AccountsImport } from './accounts-import.tsx';
import { CalendarExport } from './calendar-export.tsx';
import { CalendarImport } from './calendar-import.tsx';
import css from './import.module.css';
import { PastImports } from './past-imports.tsx';

/** Files in and out: a calendar, accounts, and the calendar back again. */
export function ImportView() {
  const { t } = useTranslation('import');
  const [tab, setTab] = useKept<string>('import-tab', 'calendar');
  return (
    <Page title={t('title')}>
      <Tabs keepMounted={false} value={tab} onChange={(next) => setTab(next ?? 'calendar')}>
        <Tabs.List mb="md">
          <Tabs.Tab value="calendar">{t('calendar.tab')}</Tabs.Tab>
          <Tabs.Tab value="accounts">{t('accounts.tab')}</Tabs.Tab>
          <Tabs.Tab value="past">{t('past.tab')}</Tabs.Tab>
          <Tabs.Tab value="export">{t('export.tab')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="calendar" className={css.panel ?? ''}>
          <CalendarImport />
        </Tabs.Panel>
        <Tabs.Panel value="accounts" className={css.panel ?? ''}>
          <AccountsImport />
        </Tabs.Panel>
        <Tabs.Panel value="past" className={css.panel ?? ''}>
          <PastImports />
        </Tabs.Panel>
        <Tabs.Panel value="export" className={css.panel ?? ''}>
          <CalendarExport />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
