import { IconPhotoOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import css from './media-thumb.module.css';

/** A kept picture in small. Its text for people who cannot see it is given to screen readers as well. */
export function MediaThumb(props: {
  sha256: string;
  mime: string;
  name: string;
  altText: string;
  size?: number;
}) {
  const { t } = useTranslation('queue');
  const isImage = props.mime.startsWith('image/');
  const read = useRead('media.read', { sha256: props.sha256 }, { enabled: isImage });
  const [url, setUrl] = useState('');
  const media = read.data;
  useEffect(() => {
    if (!media) return;
    const made = URL.createObjectURL(new Blob([media.bytes as BlobPart], { type: media.mime }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [media]);
  const size = props.size ?? 72;
  if (url === '') {
    return (
      <span className={css.none} style={{ width: size, height: size }} title={props.name}>
        <IconPhotoOff size={20} aria-hidden="true" />
      </span>
    );
  }
  return (
    <img
      className={css.image}
      style={{ width: size, height: size }}
      src={url}
      title={props.name}
      alt={props.altText || t('media.named', { name: props.name })}
    />
  );
}
