import { IconClipboardOff, IconClipboardText } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BrandView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { hashOf } from '../ui/view-route.ts';
import styles from './plan-sign.module.css';

/** On the brand's row: that its plan is missing or unfinished, and the way to it. Nothing while all is well. */
export function PlanSign({ brand, tabIndex }: { brand: BrandView; tabIndex: number }) {
  const { t } = useTranslation('plan');
  const plans = useRead('plan.list', {}).data;
  if (plans === undefined) return null;
  const plan = plans.find((one) => one.brandId === brand.id);
  if (plan && plan.lacks.length === 0) return null;
  const kind = plan ? 'unfinished' : 'empty';
  const words = t(`sign.${kind}Of`, { name: brand.name });
  const Icon = plan ? IconClipboardText : IconClipboardOff;
  return (
    <a
      className={styles.sign}
      href={hashOf('plan', { brandId: String(brand.id) })}
      tabIndex={tabIndex}
      aria-label={words}
      title={words}
    >
      <Icon size={17} aria-hidden="true" />
    </a>
  );
}
