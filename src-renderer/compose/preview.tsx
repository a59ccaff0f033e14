import { IconAlertTriangle, IconLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FitView, MediaView } from '../../src-preload/views.ts';
import { wordsIn } from '../i18n/french-spaces.ts';
import { numberOf, useLanguage } from '../time.ts';
import { MediaThumb } from '../ui/media-thumb.tsx';
import { NetworkIcon } from '../ui/network-icon.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import type { Form } from './form.ts';
import css from './preview.module.css';
import { type PreviewGroup, previewGroups } from './preview-groups.ts';

const SHOWN = 30;
const NAMES_SHOWN = 2;

/** What goes out on each network, and in whose own words; roughly how it will read, no network's own look is imitated. */
export function Preview(props: { form: Form; fits: ReadonlyMap<number, FitView>; desk: DeskIndex }) {
  const { form, desk } = props;
  const { t } = useTranslation(['adapt', 'compose']);
  const language = useLanguage();
  const groups = previewGroups(form, props.fits, desk);
  const rest = groups.length - SHOWN;
  return (
    <div className={css.preview}>
      {groups.length === 0 ? <p className={css.note}>{t('choose')}</p> : null}
      {groups.slice(0, SHOWN).map((group) => (
        <PreviewCard key={group.key} group={group} media={form.media} desk={desk} />
      ))}
      {rest > 0 ? (
        <p className={css.note}>{t('morePreviews', { count: rest, n: numberOf(rest, language) })}</p>
      ) : null}
      <p className={css.note}>{t('compose:preview.note')}</p>
    </div>
  );
}

function PreviewCard(props: { group: PreviewGroup; media: readonly MediaView[]; desk: DeskIndex }) {
  const { group, media, desk } = props;
  const { parts, accountIds, fit } = group;
  const { t } = useTranslation(['adapt', 'compose']);
  const language = useLanguage();
  const account = desk.accountById.get(accountIds[0] ?? 0);
  const names = accountIds.slice(0, NAMES_SHOWN).map((id) => desk.accountById.get(id)?.name ?? '');
  const rest = accountIds.length - names.length;
  const link = group.link.trim();
  const isInText = fit?.link === 'text';
  return (
    <section className={css.card} aria-label={`${account?.networkName ?? ''}: ${names.join(', ')}`}>
      <div className={css.head}>
        {account ? <NetworkIcon network={account.network} /> : null}
        <b>{account?.networkName}</b>
        {group.isOwn ? <span className={css.own}>{t('mark')}</span> : null}
        <span className={css.account}>
          {names.join(', ')}
          {rest > 0 ? ` ${t('more', { count: rest, n: numberOf(rest, language) })}` : ''}
        </span>
      </div>
      {parts.map((part, index) => {
        const isFirst = index === 0;
        const text = isFirst && isInText ? (part.trim() === '' ? link : `${part}\n\n${link}`) : part;
        return (
          <div key={`part ${String(index)}`} className={css.part}>
            <p className={css.text}>{text === '' ? <em>{t('compose:preview.noText')}</em> : text}</p>
            {isFirst ? <PreviewMedia media={media} /> : null}
            {isFirst && link !== '' && fit?.link === 'card' ? (
              <p className={css.link}>
                <IconLink size={15} aria-hidden="true" />
                <span>{link}</span>
                <span className={css.note}>{t('linkCard')}</span>
              </p>
            ) : null}
            <Count
              count={fit?.counts[index]}
              limit={fit?.limits[index]}
              place={parts.length > 1 ? t('partOf', { n: index + 1, of: parts.length }) : ''}
            />
          </div>
        );
      })}
      {fit?.problems.map((problem) => (
        <p key={`${problem.code} ${problem.message.en}`} className={css.problem} data-level={problem.level}>
          <IconAlertTriangle size={14} aria-hidden="true" />
          {wordsIn(language, problem.message)}
        </p>
      ))}
    </section>
  );
}

/** The place in the thread, and how much of the room this part takes. */
function Count(props: { count: number | undefined; limit: number | undefined; place: string }) {
  const { count, limit } = props;
  const { t } = useTranslation('adapt');
  const language = useLanguage();
  if (count === undefined || limit === undefined)
    return props.place === '' ? null : <p className={css.count}>{props.place}</p>;
  return (
    <p className={css.count} data-over={count > limit ? '' : undefined}>
      <span>{props.place}</span>
      <span>
        {t(count > limit ? 'countedOver' : 'counted', {
          n: numberOf(count, language),
          limit: numberOf(limit, language),
          over: numberOf(count - limit, language),
        })}
      </span>
    </p>
  );
}

function PreviewMedia({ media }: { media: readonly MediaView[] }) {
  const { t } = useTranslation('adapt');
  if (media.length === 0) return null;
  return (
    <ul className={css.media}>
      {media.map((one) => (
        <li key={one.sha256}>
          <MediaThumb
            sha256={one.sha256}
            mime={one.mime}
            name={one.name}
            altText={one.altText}
            size={media.length === 1 ? 150 : 96}
          />
          <p className={css.alt} data-missing={one.altText.trim() === '' ? '' : undefined}>
            {one.altText.trim() === '' ? t('noAlt') : t('alt', { text: one.altText })}
          </p>
        </li>
      ))}
    </ul>
  );
}
