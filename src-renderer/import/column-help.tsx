import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import { useLanguage } from '../time.ts';
import css from './import.module.css';

const COLUMNS = {
  calendar: [
    'brand',
    'network',
    'account',
    'publish_at',
    'time_zone',
    'text',
    'link',
    'media',
    'alt_text',
    'label',
  ],
  accounts: ['brand', 'market', 'time_zone', 'network', 'name', 'url', 'secret'],
} as const;

const EXAMPLES = {
  calendar:
    'Maison Verrier,mastodon,verrier@town.example,2026-12-01 09:30,Europe/Paris,"Hello, world",https://example.com,images/door.jpg,A blue door in the snow,winter',
  accounts: 'Maison Verrier,France,Europe/Paris,practice,verrier,,',
} as const;

/** What each column of the file means, and a template to start from. */
export function ColumnHelp({ kind }: { kind: 'calendar' | 'accounts' }) {
  const { t } = useTranslation('import');
  const language = useLanguage();
  const names = useRead('network.list', {}).data?.map(({ network }) => network) ?? [];
  const networks = new Intl.ListFormat(language, { type: 'disjunction' }).format(names);
  const template = `${COLUMNS[kind].join(',')}\n${EXAMPLES[kind]}\n`;
  return (
    <section className={css.help} aria-labelledby={`columns-${kind}`}>
      <h2 id={`columns-${kind}`} className={css.helpTitle}>
        {t('help.title')}
      </h2>
      <p className={css.lead}>{t(`help.${kind}`)}</p>
      <dl className={css.columns}>
        {COLUMNS[kind].map((column) => (
          <div key={column} className={css.columnLine}>
            <dt>
              <code>{column}</code>
            </dt>
            <dd>{t(`help.${kind}Columns.${column}` as 'help.calendarColumns.network', { networks })}</dd>
          </div>
        ))}
      </dl>
      <div className={css.above}>
        <span>{t('help.template')}</span>
        <CopyButton value={template}>
          {({ copied, copy }) => (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={
                copied ? (
                  <IconCheck size={15} aria-hidden="true" />
                ) : (
                  <IconCopy size={15} aria-hidden="true" />
                )
              }
              onClick={copy}
            >
              {t(copied ? 'help.copied' : 'help.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      <pre className={css.template}>{template}</pre>
    </section>
  );
}
