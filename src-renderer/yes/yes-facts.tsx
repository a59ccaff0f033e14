import { useTranslation } from 'react-i18next';
import type { PostDetailView } from '../../src-preload/views.ts';
import { localZone, placedTimeOf, useLanguage } from '../time.ts';
import css from './yes.module.css';

/** Whose yes a post needs, and who answered what, when; nothing where it never needed one. */
export function YesFacts({ post }: { post: PostDetailView }) {
  const { t } = useTranslation('yes');
  const language = useLanguage();
  const when = (at: number) => placedTimeOf(at, language, localZone());
  if (!post.yes && post.answers.length === 0) return null;
  return (
    <section className={css.facts} aria-label={t('pane.title')}>
      <h3 className={css.title}>{t('pane.title')}</h3>
      {post.yes ? <p className={css.line}>{t('pane.needed', { name: post.yes.from })}</p> : null}
      {post.answers.map((one) => (
        <div key={`${one.readAt} ${one.answer}`} className={css.answer} data-selectable>
          <div>
            {t(`pane.answer.${one.answer}`, { name: one.by, when: when(one.answeredAt) })}
            {one.publishAt === post.publishAt
              ? ''
              : ` (${t('pane.otherTime', { when: when(one.publishAt) })})`}
          </div>
          {one.remark ? <div className={css.remark}>“{one.remark}”</div> : null}
          {one.answer === 'without' ? null : (
            <div className={css.quiet}>
              {one.readBy
                ? t('pane.read', { when: when(one.readAt), name: one.readBy })
                : t('pane.readNobody', { when: when(one.readAt) })}
            </div>
          )}
        </div>
      ))}
      {post.answers.some(({ answer }) => answer !== 'without') ? (
        <p className={css.quiet}>{t('pane.notProof')}</p>
      ) : null}
    </section>
  );
}
