import { Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReleasePreview, ReleaseStop } from '../../src-preload/release-views.ts';
import { useAction, useRead } from '../api.ts';
import { localZone, numberOf, placedTimeOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import { usePublishing } from './publishing.ts';
import styles from './release.module.css';
import { ReleaseBrands } from './release-brands.tsx';
import { ReleaseStops } from './release-stops.tsx';
import { useStopWords } from './stop-words.ts';

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
  const [chosenStops, setChosenStops] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState<string | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const release = useAction('release.confirm');
  const { take, view } = usePublishing();
  // As it was when the person began to decide: a press since then wins.
  const [pressCount] = useState(view?.pressCount ?? 0);
  const stopped = (preview.data?.brands ?? []).filter((brand) => brand.isStopped);
  const brands = stopped.filter((brand) => chosen.has(brand.brandId));
  const ownStops = (preview.data?.stops ?? []).filter(isReleasedAsAWhole);
  const stops = ownStops.filter((stop) => chosenStops.has(stop.stopId));
  const names = useNames(brands, stops);
  const by = (typed ?? settings?.personName ?? '').trim();

  const confirm = () => {
    if (by === '') {
      setIsMissing(true);
      return;
    }
    release.mutate(
      {
        brandIds: brands.map((brand) => brand.brandId),
        stopIds: stops.map((stop) => stop.stopId),
        by,
        pressCount,
      },
      {
        onSuccess: (view) => {
          take(view);
          onClose();
        },
      },
    );
  };

  const count = { count: names.length, n: numberOf(names.length, language) };
  const footer =
    step === 1 ? (
      <>
        <span className={styles.chosen}>
          {names.length > 0 ? t('release.chosen', count) : t('release.none')}
        </span>
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button disabled={names.length === 0} onClick={() => setStep(2)}>
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
        <Button onClick={confirm} loading={release.isPending} disabled={names.length === 0}>
          {stops.length > 0 ? t('release.confirmAll', count) : t('release.confirm', count)}
        </Button>
      </>
    );

  return (
    <Dialog
      opened
      onClose={onClose}
      width={1120}
      title={
        <>
          {t(ownStops.length > 0 ? 'release.titleAll' : 'release.title')}{' '}
          <span className={styles.step}>{t('release.step', { step })}</span>
        </>
      }
      footer={footer}
    >
      {step === 1 ? (
        <>
          <RefusalNotice error={preview.error} onRetry={() => void preview.refetch()} />
          {preview.data && stopped.length + ownStops.length === 0 ? (
            <Notice tone="calm">{t('release.noBrands')}</Notice>
          ) : null}
          {stopped.length + ownStops.length > 0 ? (
            <>
              <h3 className={styles.question}>{t('release.choose')}</h3>
              <p className={styles.hint}>{t('release.chooseMore')}</p>
            </>
          ) : null}
          {stopped.length > 0 ? (
            <ReleaseBrands brands={stopped} chosen={chosen} onChange={setChosen} />
          ) : null}
          {ownStops.length > 0 ? (
            <ReleaseStops stops={ownStops} chosen={chosenStops} onChange={setChosenStops} />
          ) : null}
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
          <WhatFollows
            names={names}
            brands={brands}
            stops={stops}
            left={stopped.length + ownStops.length - names.length}
          />
          <RefusalNotice error={release.error} />
        </>
      )}
    </Dialog>
  );
}

/** Everything and markets come back brand by brand; a network or an account as a whole. */
const isReleasedAsAWhole = ({ scope }: ReleaseStop) => scope.kind === 'network' || scope.kind === 'account';

function useNames(brands: readonly ReleasePreview[], stops: readonly ReleaseStop[]): string[] {
  const { scopeName } = useStopWords();
  return [...brands.map((brand) => brand.name), ...stops.map((stop) => scopeName(stop.scope))];
}

function WhatFollows(props: {
  names: readonly string[];
  brands: readonly ReleasePreview[];
  stops: readonly ReleaseStop[];
  left: number;
}) {
  const { brands, stops, left } = props;
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const { brandById } = useDesk();
  const sum = (key: 'missed' | 'missedByCountdown') =>
    [...brands, ...stops].reduce((total, one) => total + one[key], 0);
  const missed = sum('missed');
  const late = sum('missedByCountdown');
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
          {t('release.followsBrands')} <strong>{props.names.join(', ')}</strong>.
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
