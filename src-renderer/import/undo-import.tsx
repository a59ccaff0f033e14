import { Button, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAction, useRead } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import css from './past-imports.module.css';

/** Says what undoing an import would do with its posts, and does it. */
export function UndoImport(props: {
  importId: number;
  fileName: string;
  onClose: () => void;
  onDone: (canceled: number, left: number) => void;
}) {
  const { importId, fileName, onClose } = props;
  const { t } = useTranslation(['import', 'common']);
  const language = useLanguage();
  const effect = useRead('import.undoEffect', { importId }, { fresh: true });
  const undo = useAction('import.undo');
  const n = (value: number) => numberOf(value, language);
  const toCancel = effect.data?.toCancel ?? 0;
  const kept = (['out', 'changed', 'canceled'] as const).filter((kind) => (effect.data?.[kind] ?? 0) > 0);
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('past.undoTitle', { name: fileName })}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('past.keep')}
          </Button>
          <Button
            loading={undo.isPending}
            disabled={toCancel === 0}
            onClick={() =>
              undo.mutate({ importId }, { onSuccess: ({ canceled, left }) => props.onDone(canceled, left) })
            }
          >
            {t('past.undoButton', { count: toCancel, n: n(toCancel) })}
          </Button>
        </>
      }
    >
      <RefusalNotice error={effect.error ?? undo.error} />
      {effect.data === undefined ? (
        effect.error ? null : (
          <Loader size="sm" aria-label={t('common:loading')} />
        )
      ) : (
        <div className={css.effect} role="status">
          <p>
            {toCancel === 0 ? t('past.nothing') : t('past.toCancel', { count: toCancel, n: n(toCancel) })}
          </p>
          {kept.length > 0 ? (
            <ul>
              {kept.map((kind) => {
                const count = effect.data[kind];
                return <li key={kind}>{t(`past.${kind}`, { count, n: n(count) })}</li>;
              })}
            </ul>
          ) : null}
          {toCancel > 0 ? <p className={css.dim}>{t('past.again')}</p> : null}
        </div>
      )}
    </Dialog>
  );
}
