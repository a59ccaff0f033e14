import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NetworkView } from '../../src-preload/views.ts';
import { useAction } from '../api.ts';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { sayDone } from '../ui/toasts.ts';
import type { FieldValues } from './setting-fields.tsx';

/** For a person who has no key of the network yet: makes one, puts it into the secret field and lets it be copied, as this is the last time. */
export function NewSecret(props: {
  network: NetworkView;
  values: FieldValues;
  onChange: (values: FieldValues) => void;
}) {
  const { network, values } = props;
  const { t } = useTranslation('desk');
  const make = useAction('network.newSecret');
  const key = network.settings.find((field) => field.kind === 'secret')?.key;
  if (!network.canMakeSecret || key === undefined) return null;
  const made = make.data?.secret;
  if (made !== undefined && values[key] === made)
    return (
      <Notice
        tone="warn"
        action={
          <Button
            size="xs"
            variant="default"
            onClick={() =>
              void navigator.clipboard.writeText(made).then(() => sayDone(t('connecting.copied')))
            }
          >
            {t('connecting.copySecret')}
          </Button>
        }
      >
        {t('connecting.secretMade')}
      </Notice>
    );
  return (
    <div>
      <Button
        size="xs"
        variant="default"
        loading={make.isPending}
        onClick={() =>
          make.mutate(
            { network: network.network },
            { onSuccess: ({ secret }) => props.onChange({ ...values, [key]: secret }) },
          )
        }
      >
        {t('connecting.makeSecret')}
      </Button>
      <RefusalNotice error={make.error} />
    </div>
  );
}
