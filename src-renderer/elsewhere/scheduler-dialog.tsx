import { Button, Select, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SchedulerServiceView, SchedulerSignInView } from '../../src-preload/scheduler-views.ts';
import forms from '../accounts/forms.module.css';
import {
  type FieldValues,
  fieldProblems,
  initialValues,
  SettingFields,
} from '../accounts/setting-fields.tsx';
import { keyOf, useAction } from '../api.ts';
import { wordsIn } from '../i18n/french-spaces.ts';
import { useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { sayDone } from '../ui/toasts.ts';

/** Signs in to another scheduler, after saying what it needs, what it costs and how far it was tested. Nothing is kept that does not work. */
export function SchedulerDialog(props: {
  services: readonly SchedulerServiceView[];
  /** One to sign in to again; null for another. */
  signIn: SchedulerSignInView | null;
  onClose: () => void;
}) {
  const { services, signIn } = props;
  const { t } = useTranslation('elsewhere');
  const { t: desk } = useTranslation('desk');
  const { t: common } = useTranslation('common');
  const language = useLanguage();
  const client = useQueryClient();
  const connect = useAction('scheduler.connect');
  const [wanted, setWanted] = useState(signIn?.service ?? null);
  const service = services.find((one) => one.service === wanted) ?? null;
  const [name, setName] = useState(signIn?.name ?? '');
  const [values, setValues] = useState<FieldValues>(() => initialValues(service?.settings ?? []));
  const [isTried, setIsTried] = useState(false);
  const problems = service ? fieldProblems(service.settings, values) : {};

  const submit = () => {
    setIsTried(true);
    if (!service || Object.keys(problems).length > 0) return;
    connect.mutate(
      {
        service: service.service,
        name: name.trim(),
        fields: values,
        ...(signIn && { id: signIn.id }),
      },
      {
        onSuccess: (view) => {
          client.setQueryData(keyOf('scheduler.list', {}), view);
          sayDone(t(view.isAnother ? 'schedulers.another' : 'schedulers.works', { name: service.name }));
          props.onClose();
        },
      },
    );
  };

  return (
    <Dialog
      opened
      onClose={props.onClose}
      width={520}
      title={t('schedulers.dialog')}
      footer={
        <>
          <Button variant="default" onClick={props.onClose}>
            {common('cancel')}
          </Button>
          <Button onClick={submit} loading={connect.isPending}>
            {t('schedulers.connect')}
          </Button>
        </>
      }
    >
      <form
        className={forms.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Select
          label={t('schedulers.service')}
          value={wanted}
          disabled={signIn !== null}
          data={services.map((one) => ({ value: one.service, label: one.name }))}
          error={isTried && !service ? desk('connecting.missing') : null}
          onChange={(value) => {
            setWanted(value);
            setIsTried(false);
            connect.reset();
            setValues(initialValues(services.find((one) => one.service === value)?.settings ?? []));
          }}
        />
        {service ? (
          <>
            <dl className={forms.beforehand}>
              {(['needs', 'costs', 'tested'] as const).map((what) => (
                <div key={what}>
                  <dt>{desk(`connecting.${what}`)}</dt>
                  <dd>{wordsIn(language, service[what])}</dd>
                </div>
              ))}
            </dl>
            {signIn ? null : (
              <TextInput
                label={`${t('schedulers.name')} (${common('optional')})`}
                description={t('schedulers.nameHint')}
                value={name}
                maxLength={200}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            )}
            <SettingFields
              fields={service.settings}
              values={values}
              problems={isTried ? problems : {}}
              onChange={setValues}
            />
          </>
        ) : null}
        <RefusalNotice error={connect.error} />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
