import { useTranslation } from 'react-i18next';
import { wordsIn } from '../i18n/french-spaces.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import type { SharedProblem } from './fit.ts';

const NAMES_SHOWN = 3;

/** What does not fit, each problem once with the accounts it concerns; errors keep it from being scheduled. */
export function Problems({ problems, desk }: { problems: readonly SharedProblem[]; desk: DeskIndex }) {
  const { t } = useTranslation('compose');
  const language = useLanguage();
  return problems.map((problem) => {
    const names = problem.accountIds.slice(0, NAMES_SHOWN).map((id) => desk.accountById.get(id)?.name ?? '');
    const rest = problem.accountIds.length - names.length;
    return (
      <Notice key={`${problem.code} ${problem.message.en}`} tone={problem.level === 'error' ? 'bad' : 'warn'}>
        {wordsIn(language, problem.message)}{' '}
        <span style={{ color: 'var(--mantine-color-dimmed)' }}>
          {names.join(', ')}
          {rest > 0 ? ` ${t('andMore', { count: rest, n: numberOf(rest, language) })}` : ''}
        </span>
      </Notice>
    );
  });
}
