import { IconPhotoOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import css from './media-thumb.module.css';
import { useMediaUrl } from './use-media-url.ts';

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
  const url = useMediaUrl(props.sha256, isImage);
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
