import { useDebouncedValue } from '@mantine/hooks';
import type { SpotlightActionGroupData } from '@mantine/spotlight';
import { IconFileText, IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import { dayTimeOf, localZone, useLanguage } from '../time.ts';
import { useDesk } from './use-desk.ts';
import { useOpenView } from './view-route.ts';

/** Fewer letters than that are in every post. */
const LEAST = 3;
const SHOWN = 5;
const WORDS_SHOWN = 80;

/** Accounts whose name, and posts whose text, hold what is typed into the palette; each opens the queue there. */
export function useFoundInDesk(typed: string): SpotlightActionGroupData[] {
  const { t } = useTranslation('help');
  const language = useLanguage();
  const openView = useOpenView();
  const { brands } = useDesk();
  const [search] = useDebouncedValue(typed.trim(), 200);
  const isSearched = search.length >= LEAST && search === typed.trim();
  const wanted = search.toLowerCase();
  const found = useRead(
    'queue.page',
    { search, order: 'soonest', offset: 0, limit: SHOWN },
    { enabled: isSearched, fresh: true },
  ).data;
  if (!isSearched) return [];
  const accounts = brands
    .flatMap((brand) => brand.accounts.map((account) => ({ account, brand: brand.name })))
    .filter(({ account, brand }) =>
      `${account.name} ${account.networkName} ${brand}`.toLowerCase().includes(wanted),
    )
    .slice(0, SHOWN);
  return [
    {
      group: t('accounts'),
      actions: accounts.map(({ account, brand }) => ({
        id: `account-${account.id}`,
        label: t('accountQueue', { name: account.name }),
        description: `${brand} · ${account.networkName}`,
        keywords: [typed],
        leftSection: <IconUserCircle size={19} stroke={1.7} aria-hidden="true" />,
        onClick: () => openView('queue', { accountId: String(account.id) }),
      })),
    },
    {
      group: t('posts'),
      actions: (found?.posts ?? []).map((post) => ({
        id: `post-${post.id}`,
        label: (post.parts[0] ?? '').replace(/\s+/gu, ' ').slice(0, WORDS_SHOWN),
        description: `${dayTimeOf(post.publishAt, language, localZone())} · ${post.brand} · ${post.account}`,
        keywords: [typed],
        leftSection: <IconFileText size={19} stroke={1.7} aria-hidden="true" />,
        onClick: () => openView('queue', { search }),
      })),
    },
  ];
}
