import { IconChevronRight } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import {
  Button,
  Collection,
  GridList,
  GridListHeader,
  GridListItem,
  GridListSection,
  ListLayout,
  type Selection,
  Virtualizer,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { PostView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { numberOf, relativeOf, useLanguage, useNow } from '../time.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import { SelectionBox } from '../ui/check-box.tsx';
import { PostTime } from '../ui/post-time.tsx';
import { type DeskIndex, type Places, usePlaces } from '../ui/use-desk.ts';
import { useReason } from '../ui/use-reason.ts';
import type { BrandGroup } from './review-groups.ts';
import css from './review-list.module.css';
import { type RowActionProps, RowActions } from './row-actions.tsx';
import { StillFits } from './still-fits.tsx';

const LAYOUT = { rowHeight: 90, headingHeight: 40 };

/** Posts that wait for a decision, under their brands; each with its reason and what can be decided, nothing chosen beforehand. */
export const ReviewList = memo(function ReviewList(props: {
  groups: readonly BrandGroup[];
  desk: DeskIndex;
  /** Whether a brand's posts may be out of place by now. */
  asksFit: boolean;
  chosen: ReadonlySet<number>;
  onChoose: (selection: 'all' | ReadonlySet<number>) => void;
  onOpen: (postId: number) => void;
  onBulk: RowActionProps['onBulk'];
  onYes: RowActionProps['onYes'];
}) {
  const { groups, onBulk, onYes, onOpen } = props;
  const { t } = useTranslation(['review', 'common']);
  const language = useLanguage();
  const places = usePlaces(props.desk);
  const plans = useRead('plan.list', {}).data;
  const rulesOf = useMemo(() => new Map(plans?.map((plan) => [plan.brandId, plan.toneRules])), [plans]);
  const dependencies = useMemo(
    () => [language, places, rulesOf, onBulk, onYes, onOpen],
    [language, places, rulesOf, onBulk, onYes, onOpen],
  );
  const choose = (selection: Selection) =>
    props.onChoose(selection === 'all' ? 'all' : new Set([...selection].map(Number)));
  return (
    <Virtualizer layout={ListLayout} layoutOptions={LAYOUT}>
      <GridList
        aria-label={t('list')}
        className={css.list ?? ''}
        selectionMode="multiple"
        selectedKeys={props.chosen as Set<number>}
        onSelectionChange={choose}
        items={groups}
        dependencies={dependencies}
      >
        {(group) => (
          <GridListSection id={`brand ${group.brandId}`}>
            <GridListHeader className={css.header ?? ''}>
              <span className={css.brand}>
                <BrandMark name={group.name} colour={places.colourOf(group.brandId)} />
              </span>
              <span className={css.count}>
                {t('common:posts', { count: group.posts.length, n: numberOf(group.posts.length, language) })}
              </span>
              {props.asksFit ? <StillFits rules={rulesOf.get(group.brandId) ?? []} /> : null}
            </GridListHeader>
            <Collection items={group.posts} dependencies={dependencies}>
              {(post) => (
                <GridListItem
                  id={post.id}
                  className={css.item ?? ''}
                  textValue={post.parts[0]?.slice(0, 200) || t('noText')}
                >
                  <SelectionBox />
                  <PostTime at={post.publishAt} zone={places.zoneOf(post.brandId, post.timeZone)} />
                  <Words post={post} places={places} />
                  <div className={css.actions}>
                    <RowActions post={post} onBulk={onBulk} onYes={onYes} />
                  </div>
                  <Button
                    className={css.open ?? ''}
                    aria-label={t('details')}
                    onPress={() => onOpen(post.id)}
                  >
                    <IconChevronRight size={16} aria-hidden="true" />
                  </Button>
                </GridListItem>
              )}
            </Collection>
          </GridListSection>
        )}
      </GridList>
    </Virtualizer>
  );
});

function Words({ post, places }: { post: PostView; places: Places }) {
  const { t } = useTranslation('review');
  const language = useLanguage();
  const now = useNow(30_000);
  const reason = useReason();
  const why = [reason(post.reason, post.yes?.from), post.detail].filter((words) => words !== '').join(' ');
  return (
    <div className={css.words}>
      <div className={css.text}>
        {(post.parts[0] ?? '').replace(/\s+/gu, ' ').slice(0, 400) || t('noText')}
      </div>
      <div className={css.why} title={why}>
        {why || t('noReason')}
      </div>
      <div className={css.place}>
        {places.networkName(post.network)} · {post.account} · {relativeOf(post.publishAt, now, language)}
      </div>
    </div>
  );
}
