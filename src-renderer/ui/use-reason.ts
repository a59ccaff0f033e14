import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Why a post is where it is, as a sentence; '' when there is nothing to say. A reason unknown here is shown as it is. */
export function useReason(): (reason: string) => string {
  const { t, i18n } = useTranslation('common');
  return useCallback(
    (reason) => {
      if (reason === '') return '';
      return i18n.exists(`common:reason.${reason}`) ? t(`reason.${reason}` as 'reason.late') : reason;
    },
    [t, i18n],
  );
}
