import { Button } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StopView } from '../../src-preload/views.ts';
import { ReportDialog } from './report-dialog.tsx';

/** Opens what a client is told of this stop. */
export function ReportButton({ stop }: { stop: StopView }) {
  const { t } = useTranslation('report');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconFileText size={15} aria-hidden="true" />}
        onClick={() => setIsOpen(true)}
      >
        {t('button')}
      </Button>
      {isOpen ? <ReportDialog stop={stop} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
