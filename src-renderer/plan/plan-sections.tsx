import { Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BrandView } from '../../src-preload/views.ts';
import { BrandTools } from './brand-tools.tsx';
import { EntryList } from './entry-list.tsx';
import { HoldingMessage } from './holding-message.tsx';
import styles from './plan.module.css';
import { newKey, type PlanForm } from './plan-form.ts';

const MOST_PEOPLE = 50;
const MOST_ENTRIES = 100;

/** Everything of a plan that is typed, top to bottom in the order in which it is needed. */
export function PlanSections(props: {
  brand: BrandView;
  form: PlanForm;
  onChange: (form: PlanForm) => void;
}) {
  const { form } = props;
  const { t } = useTranslation('plan');
  const change = (part: Partial<PlanForm>) => props.onChange({ ...form, ...part });
  return (
    <div className={styles.sections}>
      <section>
        <h2>{t('people.title')}</h2>
        <p className={styles.hint}>
          {t('people.hint')} {t('entry.keys')}
        </p>
        <EntryList
          entries={form.people}
          nameOf={(place) => t('people.entry', { n: place + 1 })}
          addLabel={t('people.add')}
          most={MOST_PEOPLE}
          create={() => ({ key: newKey(), name: '', role: '', phone: '', email: '' })}
          onChange={(people) => change({ people })}
        >
          {(person, place, set) =>
            (['name', 'role', 'phone', 'email'] as const).map((field) => (
              <TextInput
                key={field}
                aria-label={`${t('people.entry', { n: place + 1 })}, ${t(`people.${field}`)}`}
                placeholder={t(`people.${field}`)}
                type={field === 'phone' ? 'tel' : field === 'email' ? 'email' : 'text'}
                maxLength={field === 'phone' ? 60 : field === 'email' ? 254 : 200}
                value={person[field]}
                onChange={(event) => set({ [field]: event.currentTarget.value })}
              />
            ))
          }
        </EntryList>
      </section>
      <HoldingMessage
        brand={props.brand}
        language={form.language}
        message={form.message}
        onChange={(message) => change({ message })}
      />
      <section>
        <h2>{t('rules.title')}</h2>
        <p className={styles.hint}>{t('rules.hint')}</p>
        <EntryList
          entries={form.rules}
          nameOf={(place) => t('rules.entry', { n: place + 1 })}
          addLabel={t('rules.add')}
          most={MOST_ENTRIES}
          create={() => ({ key: newKey(), text: '' })}
          onChange={(rules) => change({ rules })}
        >
          {(rule, place, set) => (
            <Textarea
              autosize
              minRows={1}
              lang={form.language}
              aria-label={t('rules.entry', { n: place + 1 })}
              maxLength={1_000}
              value={rule.text}
              onChange={(event) => set({ text: event.currentTarget.value })}
            />
          )}
        </EntryList>
      </section>
      <section>
        <h2>{t('steps.title')}</h2>
        <p className={styles.hint}>{t('steps.hint')}</p>
        <EntryList
          entries={form.steps}
          nameOf={(place) => t('steps.entry', { n: place + 1 })}
          addLabel={t('steps.add')}
          most={MOST_ENTRIES}
          create={() => ({ key: newKey(), text: '', who: '' })}
          onChange={(steps) => change({ steps })}
        >
          {(step, place, set) => (
            <>
              <Textarea
                autosize
                minRows={1}
                className={styles.wide ?? ''}
                lang={form.language}
                aria-label={`${t('steps.entry', { n: place + 1 })}, ${t('steps.text')}`}
                placeholder={t('steps.text')}
                maxLength={1_000}
                value={step.text}
                onChange={(event) => set({ text: event.currentTarget.value })}
              />
              <TextInput
                aria-label={`${t('steps.entry', { n: place + 1 })}, ${t('steps.who')}`}
                placeholder={t('steps.who')}
                maxLength={200}
                value={step.who}
                onChange={(event) => set({ who: event.currentTarget.value })}
              />
            </>
          )}
        </EntryList>
      </section>
      <BrandTools brand={props.brand} />
    </div>
  );
}
