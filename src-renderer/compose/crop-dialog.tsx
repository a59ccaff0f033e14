import 'react-image-crop/dist/ReactCrop.css';
import { Button, Group, SegmentedControl } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import ReactCrop from 'react-image-crop';
import type { MediaView } from '../../src-preload/views.ts';
import { ask, useBridge } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { useMediaUrl } from '../ui/use-media-url.ts';
import { type Cut, cutName, middleCut, pixelsOf, RATIOS, type Ratio, writeCut } from './crop.ts';
import css from './crop-dialog.module.css';

/** Everything but the cut. */
function outside({ x, y, width, height }: Cut): string {
  const [left, top, right, bottom] = [x, y, x + width, y + height].map((one) => `${one}%`);
  return `polygon(evenodd, 0 0, 100% 0, 100% 100%, 0 100%, 0 0, ${left} ${top}, ${right} ${top}, ${right} ${bottom}, ${left} ${bottom}, ${left} ${top})`;
}

const RATIO_NAMES = Object.keys(RATIOS) as Ratio[];

/** Cuts a picture into a new one; the original stays where it is. The frame is moved and resized by mouse or arrow keys. */
export function CropDialog(props: {
  media: MediaView;
  onCropped: (made: MediaView) => void;
  onClose: () => void;
}) {
  const { media, onCropped, onClose } = props;
  const { t } = useTranslation(['adapt', 'common']);
  const language = useLanguage();
  const bridge = useBridge();
  const url = useMediaUrl(media.sha256);
  const image = useRef<HTMLImageElement>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const [ratio, setRatio] = useState<Ratio>('free');
  const [cut, setCut] = useState<Cut>({ x: 5, y: 5, width: 90, height: 90 });
  const [isWriting, setIsWriting] = useState(false);
  const [problem, setProblem] = useState('');
  /** False once it is closed: what is still being written then is not wanted. */
  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);
  const pixels = size && pixelsOf(cut, size.width, size.height);

  const chooseRatio = (next: Ratio) => {
    setRatio(next);
    if (size) setCut(middleCut(next, size.width, size.height));
  };
  const write = async () => {
    if (!image.current || !size) return;
    setProblem('');
    setIsWriting(true);
    try {
      const bytes = await writeCut(image.current, cut, media.mime);
      if (!isOpen.current) return;
      const name = cutName(media.name, media.mime);
      const made = await ask(bridge, 'media.add', { name, mime: media.mime, bytes });
      if (isOpen.current) onCropped({ ...made, altText: media.altText });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setIsWriting(false);
    }
  };
  return (
    <Dialog
      opened
      width={720}
      title={t('crop.title', { name: media.name })}
      onClose={onClose}
      footer={
        <Group justify="space-between">
          <span className={css.size} role="status">
            {pixels
              ? t('crop.size', {
                  width: numberOf(pixels.width, language),
                  height: numberOf(pixels.height, language),
                })
              : ''}
          </span>
          <Group gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button loading={isWriting} disabled={size === null} onClick={() => void write()}>
              {t('crop.do')}
            </Button>
          </Group>
        </Group>
      }
    >
      <div className={css.body}>
        <SegmentedControl
          aria-label={t('crop.ratio')}
          value={ratio}
          onChange={(value) => chooseRatio(value as Ratio)}
          data={RATIO_NAMES.map((value) => ({ value, label: value === 'free' ? t('crop.free') : value }))}
        />
        <div className={css.stage}>
          {url === '' ? null : (
            <ReactCrop
              className={css.crop ?? ''}
              crop={{ unit: '%', ...cut }}
              keepSelection
              ruleOfThirds
              minWidth={8}
              minHeight={8}
              {...(RATIOS[ratio] !== null && { aspect: RATIOS[ratio] })}
              ariaLabels={{
                cropArea: t('crop.frame'),
                nwDragHandle: t('crop.nw'),
                nDragHandle: t('crop.n'),
                neDragHandle: t('crop.ne'),
                eDragHandle: t('crop.e'),
                seDragHandle: t('crop.se'),
                sDragHandle: t('crop.s'),
                swDragHandle: t('crop.sw'),
                wDragHandle: t('crop.w'),
              }}
              onChange={(_, percent) => setCut(percent)}
            >
              <img
                ref={image}
                src={url}
                alt={media.altText || media.name}
                className={css.image}
                onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
                  setSize({ width, height })
                }
              />
              <div className={css.shade} style={{ clipPath: outside(cut) }} />
            </ReactCrop>
          )}
        </div>
        <p className={css.hint}>{t('crop.hint')}</p>
        {problem === '' ? null : (
          <Notice tone="bad">
            <span role="alert">{t('crop.failed', { why: problem })}</span>
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
