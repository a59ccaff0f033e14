import { Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReleasePreview } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';
import { localZone, numberOf, placedTimeOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import { usePublishing } from './publishing.ts';
import styles from './release.module.css';
import { ReleaseBrands } from './release-brands.tsx';

/** What a release would mean changes with the clock alone. */
const REREAD_MS = 10_000;

/**
 * Two deliberate steps and no default: brands by name, none of them chosen beforehand; then a person's name. Nothing here
 * is a form, so Enter does nothing but press the button that has the focus, and none is given it.
 */
export function ReleaseDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return opened ? <OpenRelease onClose={onClose} /> : null;
}

function OpenRelease({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('stop');
  const { t: common } = useTranslation('common');
  const language = useLanguage();
  const preview = useRead('release.preview', {});
  const settings = useRead('settings.read', {}).data;
  const { refetch } = preview;
  useEffect(() => {
    void refetch();
    const timer = setInterval(() => void refetch(), REREAD_MS);
    return () => clearInterval(timer);
  }, [refetch]);
  const [step, setStep] = useState<1 | 2>(1);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [typed, setTyped] = useState<string | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const release = useAction('release.confirm');
  const { take, view } = usePublishing();
  // As it was when the person began to decide: a press since then wins.
  const [pressCount] = useState(view?.pressCount ?? 0);
  const stopped = (preview.data?.brands ?? []).filter((brand) => brand.isStopped);
  const brands = stopped.filter((brand) => chosen.has(brand.brandId));
  const by = (typed ?? settings?.personName ?? '').trim();

  const confirm = () => {
    if (by === '') {
      setIsMissing(true);
      return;
    }
    release.mutate(
      { brandIds: brands.map((brand) => brand.brandId), stopIds: [], by, pressCount },
      {
        onSuccess: (view) => {
          take(view);
          onClose();
        },
      },
    );
  };

  const count = { count: brands.length, n: numberOf(brands.length, language) };
  const footer =
    step === 1 ? (
      <>
        <span className={styles.chosen}>
          {brands.length > 0 ? t('release.chosen', count) : t('release.none')}
        </span>
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button disabled={brands.length === 0} onClick={() => setStep(2)}>
          {t('release.continue')}
        </Button>
      </>
    ) : (
      <>
        <Button variant="default" onClick={() => setStep(1)} className={styles.chosen}>
          {common('back')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button onClick={confirm} loading={release.isPending} disabled={brands.length === 0}>
          {t('release.confirm', count)}
        </Button>
      </>
    );

  return (
    <Dialog
      opened
      onClose={onClose}
      width={780}
      title={
        <>
          {t('release.title')} <span className={styles.step}>{t('release.step', { step })}</span>
        </>
      }
      footer={footer}
    >
      {step === 1 ? (
        <>
          <RefusalNotice error={preview.error} onRetry={() => void preview.refetch()} />
          {preview.data ? <ReleaseBrands brands={stopped} chosen={chosen} onChange={setChosen} /> : null}
        </>
      ) : (
        <>
          <h3 className={styles.question}>{t('release.whoTitle')}</h3>
          <TextInput
            data-autofocus
            label={t('release.who')}
            description={t('release.whoHint')}
            value={typed ?? settings?.personName ?? ''}
            error={isMissing && by === '' ? t('release.whoMissing') : null}
            onChange={(event) => setTyped(event.currentTarget.value)}
            maxLength={200}
            w={320}
            autoComplete="off"
          />
          <WhatFollows brands={brands} left={stopped.length - brands.length} />
          <RefusalNotice error={release.error} />
        </>
      )}
    </Dialog>
  );
}

function WhatFollows({ brands, left }: { brands: ReleasePreview[]; left: number }) {
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const { brandById } = useDesk();
  const missed = brands.reduce((sum, brand) => sum + brand.missed, 0);
  const late = brands.reduce((sum, brand) => sum + brand.missedByCountdown, 0);
  const first = brands
    .flatMap((brand) =>
      brand.next ? [{ id: brand.brandId, brand: brand.name, at: brand.next.publishAt }] : [],
    )
    .sort((a, b) => a.at - b.at)[0];
  return (
    <>
      <h3 className={styles.question}>{t('release.follows')}</h3>
      <ul className={styles.follows}>
        <li>
          {t('release.followsBrands')} <strong>{brands.map((brand) => brand.name).join(', ')}</strong>.
        </li>
        <li>
          {left > 0
            ? t('release.followsStay', { count: left, n: numberOf(left, language) })
            : t('release.followsStayNone')}
        </li>
        <li>{t('release.followsCountdown')}</li>
        {late > 0 ? (
          <li>
            <strong>{t('release.followsLate', { count: late, n: numberOf(late, language) })}</strong>
          </li>
        ) : null}
        {missed > 0 ? (
          <li>{t('release.followsMissed', { count: missed, n: numberOf(missed, language) })}</li>
        ) : null}
        {first ? (
          <li>
            {t('release.followsFirst', {
              when: placedTimeOf(first.at, language, brandById.get(first.id)?.timeZone ?? localZone()),
              brand: first.brand,
            })}
          </li>
        ) : null}
      </ul>
    </>
  );
}
