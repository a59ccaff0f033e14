import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { MentionCheckView } from '../../../src-preload/aid-views.ts';
import { useRead } from '../../api.ts';
import { useLanguage } from '../../time.ts';
import { Notice } from '../../ui/notice.tsx';
import { useDesk } from '../../ui/use-desk.ts';

const NONE: readonly MentionCheckView[] = [];

/** Says of handles in the text on which networks of the chosen accounts they are nobody's. */
export function MentionNotice(props: { parts: readonly string[]; accountIds: readonly number[] }) {
  const { t } = useTranslation('aids');
  const language = useLanguage();
  const desk = useDesk();
  const nameOf = (network: string) => desk.networks.find((one) => one.network === network)?.name ?? network;
  const [parts] = useDebouncedValue(props.parts, 400);
  const isNeeded = props.accountIds.length > 0 && parts.some((part) => part.includes('@'));
  const read = useRead(
    'mention.check',
    { accountIds: props.accountIds.slice(0, 1_000), parts: [...parts] },
    { enabled: isNeeded, keep: true },
  );
  const found = isNeeded ? (read.data ?? NONE) : NONE;
  if (found.length === 0) return null;
  const list = new Intl.ListFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { type: 'conjunction' });
  return (
    <Notice tone="calm">
      <span role="status">
        {found.map(({ handle, network, elsewhere }) => (
          <div key={`${network} ${handle}`}>
            {t('mentions.elsewhere', {
              handle,
              network: nameOf(network),
              others: list.format(elsewhere.map(nameOf)),
            })}
          </div>
        ))}
      </span>
    </Notice>
  );
}
