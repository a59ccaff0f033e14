import { Button, FileButton, Input } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api.ts';
import { MediaThumb } from '../ui/media-thumb.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import styles from './forms.module.css';
import { smallPicture } from './small-picture.ts';

/** A brand's logo: made small in the window before it is kept. */
export function LogoField(props: { name: string; value: string; onChange: (sha256: string) => void }) {
  const { t } = useTranslation('desk');
  const add = useAction('media.add');
  const take = async (file: File | null) => {
    if (!file) return;
    // What cannot be drawn is handed over as it is: main says what is wrong with it.
    const { bytes, mime } = await smallPicture(file).catch(async () => ({
      bytes: new Uint8Array(await file.arrayBuffer()),
      mime: file.type || 'application/octet-stream',
    }));
    add.mutate(
      { name: file.name.slice(0, 255), mime, bytes },
      { onSuccess: ({ sha256 }) => props.onChange(sha256) },
    );
  };
  return (
    <Input.Wrapper label={t('brand.logo')} labelElement="div">
      <div className={styles.logo}>
        {props.value ? (
          <MediaThumb
            sha256={props.value}
            mime="image/*"
            name={props.name}
            altText={t('brand.logoOf', { name: props.name })}
            size={36}
          />
        ) : null}
        <FileButton accept="image/png,image/jpeg,image/webp,image/gif" onChange={(file) => void take(file)}>
          {(button) => (
            <Button
              {...button}
              variant="default"
              size="compact-md"
              loading={add.isPending}
              leftSection={<IconPhoto size={16} aria-hidden="true" />}
            >
              {t(props.value ? 'brand.logoChange' : 'brand.logoChoose')}
            </Button>
          )}
        </FileButton>
        {props.value ? (
          <Button variant="subtle" size="compact-md" onClick={() => props.onChange('')}>
            {t('brand.logoRemove')}
          </Button>
        ) : null}
      </div>
      <RefusalNotice error={add.error} />
    </Input.Wrapper>
  );
}
