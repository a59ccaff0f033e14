import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DateOrder, ImportLook } from '../../src-preload/import-views.ts';
import { numberOf, useLanguage, writtenDayOf } from '../time.ts';
import css from './file-reading.module.css';
import { onlyOrder, ordersOf } from './reading-choices.ts';

/** Which of day and month comes first, with the file's own days as they would be read each way. */
export function DateOrderChoice(props: {
  look: ImportLook;
  value: DateOrder | undefined;
  onChange: (order: DateOrder) => void;
}) {
  const { look, value } = props;
  const { t } = useTranslation('import');
  const language = useLanguage();
  const only = onlyOrder(look);
  const tool = look.formats.find(({ id }) => id === look.format)?.name ?? '';
  return (
    <Radio.Group
      label={t('file.order.label', { count: look.dates.open, n: numberOf(look.dates.open, language) })}
      description={
        look.dates.usual === null
          ? undefined
          : t('file.order.usual', { tool, order: t(`file.order.${look.dates.usual}`) })
      }
      value={value ?? ''}
      onChange={(order) => props.onChange(order as DateOrder)}
    >
      <div className={css.orders}>
        {ordersOf(look).map((order) => {
          const wrong = look.dates.impossible[order];
          return (
            <Radio.Card
              key={order}
              value={order}
              className={css.order ?? ''}
              data-chosen={value === order || undefined}
            >
              <Radio.Indicator />
              <div>
                <b>{t(`file.order.${order}`)}</b>
                <ul className={css.samples}>
                  {look.dates.samples.map((sample) => (
                    <li key={sample.line}>
                      <code>{sample.written}</code>{' '}
                      {sample.readings[order] === ''
                        ? t('file.order.none')
                        : t('file.order.is', { day: writtenDayOf(sample.readings[order], language) })}
                    </li>
                  ))}
                </ul>
                {wrong > 0 ? (
                  <span className={css.bad}>
                    {t('file.order.wrong', { count: wrong, n: numberOf(wrong, language) })}
                  </span>
                ) : null}
                {only === order ? <span className={css.dim}>{t('file.order.only')}</span> : null}
              </div>
            </Radio.Card>
          );
        })}
      </div>
    </Radio.Group>
  );
}
