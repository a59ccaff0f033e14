import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ToolKind } from '../../src-preload/plan-views.ts';
import type { AccountView } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { sayDone } from '../ui/toasts.ts';
import { useKept } from '../ui/use-kept.ts';
import { EntryList } from './entry-list.tsx';
import styles from './plan.module.css';
import { newKey, problemOf, type ToolEntry } from './plan-form.ts';

const KINDS: readonly ToolKind[] = ['scheduler', 'network-planner', 'automation', 'feed', 'other'];
const MOST_TOOLS = 50;

/** What else can post on one account. Closed without saving, what was typed is there again when it is opened. */
export function ToolsDialog({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const { t } = useTranslation('plan');
  const { t: common } = useTranslation('common');
  const read = useRead('tool.list', {});
  const [typed, setTyped] = useKept<readonly ToolEntry[] | null>(`tools.${account.id}`, null);
  const [isTried, setIsTried] = useState(false);
  const save = useAction('tool.save');
  const kept = (read.data ?? []).filter((tool) => tool.accountId === account.id);
  const tools: readonly ToolEntry[] = typed ?? kept;

  const run = () => {
    setIsTried(true);
    if (tools.some((tool) => problemOf(tool) !== null)) return;
    save.mutate(
      {
        accountId: account.id,
        tools: tools.map(({ key, kind, name, link, note }) => ({
          key,
          kind,
          name: name.trim(),
          link: link.trim(),
          note: note.trim(),
        })),
      },
      {
        onSuccess: () => {
          setTyped(null);
          sayDone(t('tools.saved', { name: account.name }));
          onClose();
        },
      },
    );
  };

  return (
    <Dialog
      opened
      onClose={onClose}
      width={720}
      title={t('tools.of', { name: account.name })}
      footer={
        <>
          <Button
            variant="default"
            onClick={() => {
              setTyped(null);
              onClose();
            }}
          >
            {t('tools.discard')}
          </Button>
          <Button onClick={run} loading={save.isPending}>
            {common('save')}
          </Button>
        </>
      }
    >
      <p className={styles.hint}>{t('tools.lead')}</p>
      <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />
      <EntryList
        entries={tools}
        nameOf={(place) => t('tools.entry', { n: place + 1 })}
        addLabel={t('tools.add')}
        most={MOST_TOOLS}
        create={(): ToolEntry => ({ key: newKey(), kind: 'scheduler', name: '', link: '', note: '' })}
        onChange={setTyped}
      >
        {(tool, _place, set) => <ToolFields tool={tool} isTried={isTried} onChange={set} />}
      </EntryList>
      <RefusalNotice error={save.error} />
    </Dialog>
  );
}

function ToolFields(props: {
  tool: ToolEntry;
  isTried: boolean;
  onChange: (part: Partial<ToolEntry>) => void;
}) {
  const { tool, onChange } = props;
  const { t } = useTranslation('plan');
  const { t: common } = useTranslation('common');
  const problem = problemOf(tool);
  return (
    <div className={styles.toolFields}>
      <TextInput
        label={t('tools.name')}
        maxLength={200}
        value={tool.name}
        error={props.isTried && problem === 'name' ? t('tools.nameMissing') : null}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Select
        label={t('tools.kind')}
        value={tool.kind}
        data={KINDS.map((value) => ({ value, label: t(`tools.kinds.${value}`) }))}
        onChange={(value) => {
          const kind = KINDS.find((one) => one === value);
          if (kind) onChange({ kind });
        }}
      />
      <TextInput
        type="url"
        label={`${t('tools.link')} (${common('optional')})`}
        description={t('tools.linkHint')}
        placeholder="https://"
        maxLength={2_000}
        value={tool.link}
        error={props.isTried && problem === 'link' ? t('tools.linkWrong') : null}
        onChange={(event) => onChange({ link: event.currentTarget.value })}
      />
      <TextInput
        label={`${t('tools.note')} (${common('optional')})`}
        description={t('tools.noteHint')}
        maxLength={1_000}
        value={tool.note}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
    </div>
  );
}
