import { ActionIcon, Button, FileButton, Textarea, Tooltip } from '@mantine/core';
import { IconPhotoPlus, IconTrash } from '@tabler/icons-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MediaView } from '../../src-preload/views.ts';
import { ask, useBridge } from '../api.ts';
import { MediaThumb } from '../ui/media-thumb.tsx';
import { Notice } from '../ui/notice.tsx';
import css from './compose.module.css';

const ACCEPTED = 'image/png,image/jpeg,image/webp,image/gif,image/avif,video/mp4,video/webm,video/quicktime';
/** As many as a request may carry. */
const MOST = 20;

/** Pictures dropped, pasted or chosen; each with a text for people who cannot see it, and its lack said. */
export function MediaField(props: {
  media: readonly MediaView[];
  onAdd: (added: MediaView) => void;
  onChange: (media: readonly MediaView[]) => void;
}) {
  const { media, onChange, onAdd } = props;
  const { t } = useTranslation('compose');
  const bridge = useBridge();
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [adding, setAdding] = useState(0);
  const [isOver, setIsOver] = useState(false);

  const add = async (files: readonly File[]) => {
    setRefused([]);
    setAdding((count) => count + files.length);
    for (const file of files.slice(0, MOST)) {
      try {
        const bytes = new Uint8Array(await file.arrayBuffer());
        onAdd(await ask(bridge, 'media.add', { name: file.name, mime: file.type, bytes }));
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        setRefused((all) => [...all, t('media.refused', { name: file.name, why })]);
      }
    }
    setAdding((count) => count - files.length);
  };
  const latestAdd = useRef(add);
  latestAdd.current = add;
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) void latestAdd.current(files);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void add([...event.dataTransfer.files]);
  };

  return (
    <section
      aria-label={t('media.title')}
      className={css.media}
      data-over={isOver ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      {media.map((one, index) => (
        <div key={one.sha256} className={css.medium}>
          <MediaThumb sha256={one.sha256} mime={one.mime} name={one.name} altText={one.altText} size={84} />
          <Textarea
            className={css.alt}
            label={t('media.alt', { name: one.name })}
            classNames={{ description: css.missingAlt ?? '' }}
            description={one.altText === '' ? t('media.altMissing') : undefined}
            autosize
            minRows={1}
            maxRows={5}
            maxLength={5_000}
            value={one.altText}
            onChange={(event) =>
              onChange(
                media.map((each, place) =>
                  place === index ? { ...each, altText: event.currentTarget.value } : each,
                ),
              )
            }
          />
          <Tooltip label={t('media.remove')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('media.removeName', { name: one.name })}
              onClick={() => onChange(media.filter((_, place) => place !== index))}
            >
              <IconTrash size={16} aria-hidden="true" />
            </ActionIcon>
          </Tooltip>
        </div>
      ))}
      {refused.map((words) => (
        <Notice key={words} tone="bad">
          <span role="alert">{words}</span>
        </Notice>
      ))}
      <div className={css.drop}>
        <FileButton multiple accept={ACCEPTED} onChange={(files) => void add(files)}>
          {(button) => (
            <Button
              {...button}
              size="compact-sm"
              variant="default"
              loading={adding > 0}
              leftSection={<IconPhotoPlus size={16} aria-hidden="true" />}
            >
              {t('media.choose')}
            </Button>
          )}
        </FileButton>
        <span>{t('media.drop')}</span>
      </div>
    </section>
  );
}
