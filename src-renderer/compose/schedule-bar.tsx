import { Button } from '@mantine/core';
import { IconCalendarCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BrandView } from '../../src-preload/views.ts';
import { usePublishing } from '../stop/publishing.ts';
import {
  dayOf,
  dayTimeOf,
  localZone,
  numberOf,
  placedTimeOf,
  placeOf,
  timeOf,
  useLanguage,
} from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import type { Resolved } from '../ui/when.ts';
import css from './compose.module.css';
import type { Form, Missing } from './form.ts';
import type { SaveState } from './use-autosave.ts';

/** What would be scheduled, whether it is kept as a draft, and the button. */
export function ScheduleBar(props: {
  form: Form;
  resolved: Resolved;
  /** The last instant, where each account has its own slot; null where all go at once. */
  lastAt: number | null;
  save: SaveState;
  isRunning: boolean;
  /** The brands whose accounts are chosen. */
  brands: readonly BrandView[];
  onSchedule: () => void;
}) {
  const { form, resolved, lastAt } = props;
  const { t } = useTranslation(['compose', 'common', 'slots']);
  const language = useLanguage();
  const zone = resolved.kind === 'ready' ? resolved.wanted.timeZone : form.when.timeZone;
  const count = form.accountIds.length;
  return (
    <div className={css.foot}>
      <div className={css.footWords}>
        <div>
          {count === 0 ? t('bar.nobody') : t('common:posts', { count, n: numberOf(count, language) })}
          {resolved.kind !== 'ready'
            ? ''
            : lastAt !== null && lastAt !== resolved.at
              ? ` · ${t('slots:fromTo', {
                  first: dayTimeOf(resolved.at, language, zone),
                  last: placedTimeOf(lastAt, language, zone),
                })}`
              : ` · ${t('bar.at', {
                  day: dayOf(resolved.at, language, zone),
                  time: timeOf(resolved.at, language, zone),
                  place: placeOf(zone),
                })}`}
        </div>
        <SaveWords save={props.save} />
        <StopWords brands={props.brands} />
      </div>
      <Button
        size="md"
        leftSection={<IconCalendarCheck size={18} aria-hidden="true" />}
        loading={props.isRunning}
        onClick={props.onSchedule}
      >
        {t('schedule')}
      </Button>
    </div>
  );
}

function SaveWords({ save }: { save: SaveState }) {
  const { t } = useTranslation('compose');
  const language = useLanguage();
  if (save.kind === 'failed') return <span role="alert">{t('save.failed', { why: save.message })}</span>;
  return (
    <span className={css.saved}>
      {save.kind === 'saved'
        ? t('save.saved', { time: timeOf(save.at, language, localZone()) })
        : save.kind === 'waiting'
          ? t('save.waiting')
          : t('save.nothing')}
    </span>
  );
}

/** Said before scheduling when nothing would go out for now. */
function StopWords({ brands }: { brands: readonly BrandView[] }) {
  const { t } = useTranslation('compose');
  const { state, view } = usePublishing();
  const stopped = brands.filter((brand) => brand.isStopped);
  if (view === null) return null;
  if (state === 'not-started') return <div className={css.saved}>{t('stop.notStarted')}</div>;
  if (state !== 'publishing') return <div className={css.stopped}>{t('stop.everything')}</div>;
  if (stopped.length === 0) return null;
  return (
    <div className={css.stopped}>
      {t('stop.brands', { count: stopped.length, names: stopped.map((brand) => brand.name).join(', ') })}
    </div>
  );
}

/** What is still to be done before it can be scheduled. */
export function MissingWords({ missing }: { missing: readonly Missing[] }) {
  const { t } = useTranslation('compose');
  if (missing.length === 0) return null;
  return (
    <Notice tone="warn">
      <div role="alert">
        {t('missing.title')}
        <ul className={css.list}>
          {missing.map((one) => (
            <li key={one}>{t(`missing.${one}`)}</li>
          ))}
        </ul>
      </div>
    </Notice>
  );
}
