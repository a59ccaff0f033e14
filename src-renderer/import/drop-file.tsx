import { Button, FileButton } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../api.ts';
import css from './import.module.css';

/** A file dropped here or chosen; the caller gets its path, or is told that it has none. */
export function DropFile(props: {
  label: string;
  children: ReactNode;
  onFile: (path: string, name: string) => void;
  onNoPath: (message: string) => void;
}) {
  const { t } = useTranslation('import');
  const bridge = useBridge();
  const [isOver, setIsOver] = useState(false);
  const take = (file: File | null | undefined) => {
    if (!file) return;
    const path = bridge.pathOf(file);
    if (path === '') props.onNoPath(t('noPath', { name: file.name }));
    else props.onFile(path, file.name);
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
        take(event.dataTransfer.files[0]);
      }}
    >
      <IconFileSpreadsheet size={32} stroke={1.4} aria-hidden="true" />
      <div className={css.dropWords}>{props.children}</div>
      <FileButton accept=".csv,text/csv,.txt,text/plain" onChange={take}>
        {(button) => <Button {...button}>{props.label}</Button>}
      </FileButton>
    </section>
  );
}
