import { Button, FileButton } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../api.ts';
import css from './import.module.css';

const ACCEPTED = {
  calendar: '.csv,text/csv,.txt,text/plain,.tsv,.tab,text/tab-separated-values,.xlsx,.xls',
  accounts: '.csv,text/csv,.txt,text/plain',
} as const;

/** A file dropped here or chosen; the caller gets what stands for it, or is told why it cannot be read. */
export function DropFile(props: {
  label: string;
  purpose: 'calendar' | 'accounts';
  children: ReactNode;
  onFile: (token: string, name: string) => void;
  onRefused: (message: string) => void;
}) {
  const { t } = useTranslation('import');
  const bridge = useBridge();
  const [isOver, setIsOver] = useState(false);
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    const offered = await bridge.offerFile(file, props.purpose);
    if (offered.ok) props.onFile(offered.value.token, file.name);
    else
      props.onRefused(
        offered.error.code === 'no-path' ? t('noPath', { name: file.name }) : offered.error.message,
      );
  };
  return (
    <section
      aria-label={props.label}
      className={css.drop}
      data-over={isOver ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        void take(event.dataTransfer.files[0]);
      }}
    >
      <IconFileSpreadsheet size={32} stroke={1.4} aria-hidden="true" />
      <div className={css.dropWords}>{props.children}</div>
      <FileButton accept={ACCEPTED[props.purpose]} onChange={(file) => void take(file)}>
        {(button) => <Button {...button}>{props.label}</Button>}
      </FileButton>
    </section>
  );
}
