import { Button, Popover } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import css from './review-list.module.css';

/** The question beside a brand's posts, with its rules of tone on one line, and all of them at a click. */
export function StillFits({ rules }: { rules: readonly string[] }) {
  const { t } = useTranslation('review');
  return (
    <>
      <em className={css.fits}>{[t('stillFits'), rules.join(' · ')].filter(Boolean).join(' ')}</em>
      {rules.length === 0 ? null : (
        <Popover position="bottom-end" withinPortal width={380} shadow="md">
          <Popover.Target>
            <Button size="compact-xs" variant="default" className={css.rulesButton ?? ''}>
              {t('rules')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <ul className={css.rules}>
              {rules.map((rule) => (
                <li key={rule}>{rule}</li>
              ))}
            </ul>
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  );
}
