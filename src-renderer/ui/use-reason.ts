import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * Why a post is where it is, as a sentence; '' when there is nothing to say. A reason unknown here is shown as it is. `who`: whose yes it
 * is about, where that is known.
 */
export function useReason(): (reason: string, who?: string) => string {
  const { t, i18n } = useTranslation('common');
  return useCallback(
    (reason, who = '') => {
      if (reason === '') return '';
      if (who !== '' && i18n.exists(`common:reason.${reason}-from`))
        return t(`reason.${reason}-from` as 'reason.needs-yes-from', { who });
      return i18n.exists(`common:reason.${reason}`) ? t(`reason.${reason}` as 'reason.late') : reason;
    },
    [t, i18n],
  );
}
