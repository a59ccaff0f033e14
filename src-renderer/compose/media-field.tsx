import { ActionIcon, Button, FileButton, Textarea, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconCrop, IconPhotoPlus, IconTrash } from '@tabler/icons-react';
import { type DragEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MediaView } from '../../src-preload/views.ts';
import { ask, useBridge, useRead } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { MediaThumb } from '../ui/media-thumb.tsx';
import { Notice } from '../ui/notice.tsx';
import css from './compose.module.css';
import { canCrop, moves } from './crop.ts';
import { CropDialog } from './crop-dialog.tsx';
import mediaCss from './media.module.css';

const ACCEPTED = 'image/png,image/jpeg,image/webp,image/gif,image/avif,video/mp4,video/webm,video/quicktime';
/** As many as a post may have. */
const MOST = 20;
/** Files named of those that were left out. */
const MOST_NAMED = 5;

/** The field of a picture's alt text. */
export const altFieldId = (sha256: string) => `alt-${sha256}`;

/** Pictures dropped, pasted or chosen; each with a text for people who cannot see it, and its lack said. */
export function MediaField(props: {
  media: readonly MediaView[];
  onAdd: (added: MediaView) => void;
  /** What is there becomes what `next` makes of it. */
  onChange: (next: (now: readonly MediaView[]) => readonly MediaView[]) => void;
}) {
  const { media, onChange, onAdd } = props;
  const { t } = useTranslation(['compose', 'adapt']);
  const language = useLanguage();
  const bridge = useBridge();
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [adding, setAdding] = useState(0);
  const [isOver, setIsOver] = useState(false);
  const [cropping, setCropping] = useState<MediaView | null>(null);
  /** What a picture was before it was cut, by what it is now. */
  const [originals, setOriginals] = useState<ReadonlyMap<string, MediaView>>(new Map());

  const leftOut = (files: readonly File[]) => {
    const count = files.length;
    const more = count - MOST_NAMED;
    const named = files.slice(0, MOST_NAMED).map(({ name }) => name);
    if (more > 0) named.push(t('andMore', { count: more, n: numberOf(more, language) }));
    return t('media.tooMany', { count, n: numberOf(count, language), most: MOST, names: named.join(', ') });
  };
  const add = async (files: readonly File[]) => {
    const room = Math.max(0, MOST - media.length - adding);
    const [taken, left] = [files.slice(0, room), files.slice(room)];
    setRefused(left.length === 0 ? [] : [leftOut(left)]);
    setAdding((count) => count + taken.length);
    for (const file of taken) {
      try {
        const bytes = new Uint8Array(await file.arrayBuffer());
        onAdd(await ask(bridge, 'media.add', { name: file.name, mime: file.type, bytes }));
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        setRefused((all) => [...all, t('media.refused', { name: file.name, why })]);
      }
      setAdding((count) => count - 1);
    }
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

  /** What was typed of it while it was being cut stays; one that is no longer there is not brought back. */
  const replace = (before: MediaView, after: MediaView) =>
    onChange((now) => {
      const known = now.find(({ sha256 }) => sha256 === before.sha256);
      if (!known) return now;
      return now
        .filter((one) => one.sha256 !== after.sha256 || one === known)
        .map((one) => (one === known ? { ...after, altText: known.altText } : one));
    });
  const cropped = (before: MediaView, made: MediaView) => {
    setCropping(null);
    if (made.sha256 === before.sha256) return;
    setOriginals((all) => new Map(all).set(made.sha256, all.get(before.sha256) ?? before));
    replace(before, made);
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
      {media.map((one) => (
        <div key={one.sha256} className={css.medium}>
          <MediaThumb sha256={one.sha256} mime={one.mime} name={one.name} altText={one.altText} size={84} />
          <Textarea
            id={altFieldId(one.sha256)}
            className={css.alt}
            label={t('media.alt', { name: one.name })}
            classNames={{ description: css.missingAlt ?? '' }}
            description={one.altText === '' ? t('media.altMissing') : undefined}
            autosize
            minRows={1}
            maxRows={5}
            maxLength={5_000}
            value={one.altText}
            onChange={({ currentTarget: { value: altText } }) =>
              onChange((now) => now.map((each) => (each.sha256 === one.sha256 ? { ...each, altText } : each)))
            }
          />
          <div className={mediaCss.buttons}>
            {canCrop(one) ? <CropButton of={one} onCrop={() => setCropping(one)} /> : null}
            <BackToOriginal
              of={one}
              original={originals.get(one.sha256)}
              onBack={(original) => replace(one, original)}
            />
            <Tooltip label={t('media.remove')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('media.removeName', { name: one.name })}
                onClick={() => onChange((now) => now.filter(({ sha256 }) => sha256 !== one.sha256))}
              >
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            </Tooltip>
          </div>
        </div>
      ))}
      {cropping === null ? null : (
        <CropDialog
          media={cropping}
          onCropped={(made) => cropped(cropping, made)}
          onClose={() => setCropping(null)}
        />
      )}
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

/** There for what stands still. */
function CropButton({ of, onCrop }: { of: MediaView; onCrop: () => void }) {
  const { t } = useTranslation('adapt');
  const bytes = useRead('media.read', { sha256: of.sha256 }).data?.bytes;
  const isStill = useMemo(() => bytes !== undefined && !moves(bytes), [bytes]);
  if (!isStill) return null;
  return (
    <Tooltip label={t('crop.open')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('crop.openName', { name: of.name })}
        onClick={onCrop}
      >
        <IconCrop size={16} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

function BackToOriginal(props: {
  of: MediaView;
  original: MediaView | undefined;
  onBack: (original: MediaView) => void;
}) {
  const { of, original } = props;
  const { t } = useTranslation('adapt');
  if (original === undefined) return null;
  return (
    <Tooltip label={t('crop.back')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('crop.backName', { name: of.name })}
        onClick={() => props.onBack(original)}
      >
        <IconArrowBackUp size={16} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
