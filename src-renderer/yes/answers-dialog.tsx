import { Button, Checkbox, FileButton, Pagination, Stack, Table, Textarea } from '@mantine/core';
import { IconFileCheck } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerRow, AnswersPreview, AnswersTaken } from '../../src-preload/yes-views.ts';
import { useAction } from '../api.ts';
import { dayTimeOf, localZone, numberOf, placedTimeOf, placeOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { sayDone, sayRefused } from '../ui/toasts.ts';
import { useDesk } from '../ui/use-desk.ts';
import { useNetworkName } from '../ui/use-network-name.ts';
import css from './yes.module.css';

/** Bytes of a file that is looked at; main reads no more either. */
const MOST_BYTES = 4_000_000;
const ROWS_A_PAGE = 50;
/** Lines that could not be understood; the others are counted. */
const UNREAD_SHOWN = 10;

/** Reads what a client answered, shows what each answer would do, and does exactly that and only then. */
export function AnswersDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['yes', 'common']);
  const language = useLanguage();
  const [pasted, setPasted] = useState('');
  const [alsoOther, setAlsoOther] = useState(false);
  const [done, setDone] = useState<AnswersTaken | null>(null);
  const preview = useAction('yes.preview');
  const apply = useAction('yes.apply');
  const undo = useAction('yes.undo');
  const shown = preview.data;
  const counts = shown ? shown.yes + shown.no + (alsoOther ? shown.otherPerson : 0) : 0;
  const n = numberOf(counts, language);
  const read = (text: string, file: string) => {
    setAlsoOther(false);
    preview.mutate({ text, file });
  };
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    if (file.size > MOST_BYTES) sayRefused(t('read.tooLarge', { name: file.name }));
    else read(await file.text(), file.name.slice(0, 255));
  };
  const takeBack = () =>
    undo.mutate(
      {},
      {
        onSuccess: ({ restored, left }) => {
          sayDone(
            left === 0
              ? t('read.undone', { count: restored, n: numberOf(restored, language) })
              : `${t('read.undone', { count: restored, n: numberOf(restored, language) })} ${t('read.undoLeft', { count: left, n: numberOf(left, language) })}`,
          );
          onClose();
        },
      },
    );
  if (done !== null) {
    return (
      <Dialog
        opened
        width={560}
        title={t('read.title')}
        onClose={onClose}
        footer={
          <>
            {done.yes + done.no > 0 ? (
              <Button variant="default" loading={undo.isPending} onClick={takeBack}>
                {t('read.undo')}
              </Button>
            ) : null}
            <Button onClick={onClose}>{t('common:close')}</Button>
          </>
        }
      >
        <Stack gap="sm">
          <Notice tone={done.left === 0 ? 'good' : 'warn'}>
            <span role="status">
              {t('read.done', { yes: numberOf(done.yes, language), no: numberOf(done.no, language) })}
              {done.left > 0
                ? ` ${t('read.doneLeft', { count: done.left, n: numberOf(done.left, language) })}`
                : ''}
            </span>
          </Notice>
          <RefusalNotice error={undo.error} />
        </Stack>
      </Dialog>
    );
  }
  return (
    <Dialog
      opened
      width={shown ? 980 : 620}
      title={t('read.title')}
      onClose={onClose}
      footer={
        <>
          {shown ? (
            <Button variant="default" onClick={() => preview.reset()}>
              {t('common:back')}
            </Button>
          ) : (
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
          )}
          {shown ? (
            <Button
              disabled={counts === 0}
              loading={apply.isPending}
              onClick={() => apply.mutate({ previewId: shown.previewId, alsoOther }, { onSuccess: setDone })}
            >
              {t('read.confirm', { count: counts, n })}
            </Button>
          ) : (
            <Button
              disabled={pasted.trim() === ''}
              loading={preview.isPending}
              onClick={() => read(pasted, '')}
            >
              {t('read.look')}
            </Button>
          )}
        </>
      }
    >
      <Stack gap="sm">
        {shown ? (
          <Preview preview={shown} alsoOther={alsoOther} onAlsoOther={setAlsoOther} />
        ) : (
          <>
            <span>{t('read.means')}</span>
            <Drop isReading={preview.isPending} onFile={(file) => void take(file)} />
            <Textarea
              label={t('read.paste')}
              description={t('read.pasteHint')}
              autosize
              minRows={4}
              maxRows={10}
              value={pasted}
              onChange={(event) => setPasted(event.currentTarget.value)}
            />
          </>
        )}
        <RefusalNotice error={apply.error ?? preview.error} />
      </Stack>
    </Dialog>
  );
}

function Drop(props: { isReading: boolean; onFile: (file: File | null | undefined) => void }) {
  const { t } = useTranslation('yes');
  const [isOver, setIsOver] = useState(false);
  const over = (is: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setIsOver(is);
  };
  return (
    <section
      className={css.drop}
      aria-label={t('read.file')}
      data-over={isOver ? '' : undefined}
      onDragOver={over(true)}
      onDragLeave={over(false)}
      onDrop={(event) => {
        over(false)(event);
        props.onFile(event.dataTransfer.files[0]);
      }}
    >
      <IconFileCheck size={28} stroke={1.4} aria-hidden="true" />
      <span>{t('read.drop')}</span>
      <FileButton accept=".json,.txt,.eml,application/json,text/plain" onChange={props.onFile}>
        {(button) => (
          <Button {...button} variant="default" loading={props.isReading}>
            {t('read.choose')}
          </Button>
        )}
      </FileButton>
    </section>
  );
}

function Preview(props: {
  preview: AnswersPreview;
  alsoOther: boolean;
  onAlsoOther: (counts: boolean) => void;
}) {
  const { preview, alsoOther } = props;
  const { t } = useTranslation('yes');
  const language = useLanguage();
  const [page, setPage] = useState(1);
  const n = (value: number) => numberOf(value, language);
  const pages = Math.ceil(preview.rows.length / ROWS_A_PAGE);
  const open = (alsoOther ? preview.openWithOther : preview.open) ?? 0;
  const rest = preview.rows.length - preview.yes - preview.no - preview.otherPerson;
  const asked = [
    ...new Set(preview.rows.filter(({ effect }) => effect === 'other-person').map(({ from }) => from)),
  ].join(', ');
  return (
    <>
      <span>
        <b>{preview.by}</b>
        {preview.answeredAt === null ? '' : `, ${placedTimeOf(preview.answeredAt, language, localZone())}`} ·{' '}
        {t('read.counts', { yes: n(preview.yes), no: n(preview.no) })}
        {rest > 0 ? ` · ${t('read.rest', { count: rest, n: n(rest) })}` : ''}
      </span>
      {preview.otherPerson > 0 ? (
        <Notice tone="warn">
          <Checkbox
            checked={alsoOther}
            onChange={(event) => props.onAlsoOther(event.currentTarget.checked)}
            label={t('read.other', {
              count: preview.otherPerson,
              n: n(preview.otherPerson),
              by: preview.by,
              asked,
            })}
          />
        </Notice>
      ) : null}
      {open > 0 ? <span>{t('read.open', { count: open, n: n(open) })}</span> : null}
      {preview.unread.length > 0 ? (
        <Notice tone="warn">
          {t('read.unread', { count: preview.unread.length, n: n(preview.unread.length) })}
          <ul className={css.unread}>
            {preview.unread.slice(0, UNREAD_SHOWN).map(({ line, text }) => (
              <li key={line}>{t('read.unreadLine', { line: n(line), text })}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={css.scroll} aria-label={t('read.rows')} tabIndex={0}>
        <Table stickyHeader verticalSpacing={6} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={150}>{t('read.time')}</Table.Th>
              <Table.Th w={190}>{t('read.account')}</Table.Th>
              <Table.Th>{t('read.text')}</Table.Th>
              <Table.Th w={110}>{t('read.answer')}</Table.Th>
              <Table.Th w={260}>{t('read.effect')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.rows.slice((page - 1) * ROWS_A_PAGE, page * ROWS_A_PAGE).map((row, index) => (
              <Row key={`${row.postId} ${String(index)}`} row={row} alsoOther={alsoOther} />
            ))}
          </Table.Tbody>
        </Table>
      </section>
      {pages > 1 ? (
        <Pagination size="sm" total={pages} value={page} onChange={setPage} aria-label={t('read.pages')} />
      ) : null}
      <p className={css.quiet}>{t('pane.notProof')}</p>
    </>
  );
}

function Row({ row, alsoOther }: { row: AnswerRow; alsoOther: boolean }) {
  const { t } = useTranslation('yes');
  const language = useLanguage();
  const networkName = useNetworkName();
  const { networks } = useDesk();
  const effect = row.effect === 'other-person' && alsoOther ? row.answer : row.effect;
  const isDone = effect === 'yes' || effect === 'no';
  const when =
    row.publishAt === null
      ? ''
      : `${dayTimeOf(row.publishAt, language, row.timeZone)} (${placeOf(row.timeZone)})`;
  return (
    <Table.Tr>
      <Table.Td className="tabular">{when || `#${row.postId}`}</Table.Td>
      <Table.Td>
        {row.brand}
        <div className={css.quiet}>
          {row.account === ''
            ? ''
            : `${networkName(row.network, networks.find(({ network }) => network === row.network)?.name ?? row.network)} · ${row.account}`}
        </div>
      </Table.Td>
      <Table.Td className={css.words}>{row.text}</Table.Td>
      <Table.Td>
        <b>{t(`read.said.${row.answer}`)}</b>
        {row.remark ? <div className={css.remark}>“{row.remark}”</div> : null}
      </Table.Td>
      <Table.Td data-effect={effect} className={isDone ? undefined : css.nothing}>
        {t(`read.does.${effect}`, { when, from: row.from })}
      </Table.Td>
    </Table.Tr>
  );
}
