import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { BackupRequirement, IssuedInlet } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { SelectField } from '../../ui/form/choice';
import { DurationField } from '../../ui/form/duration-field';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { CommandDialog } from './command-dialog';
import { toolsQuery } from './inlet-queries';

const KINDS = ['INTERVAL', 'CRON', 'CALENDAR'] as const;

/** Connects a tool: says which one and when it runs, then shows the line that makes it report, and waits for it. */
export function ConnectDialog({ requirement, onClose }: { requirement: BackupRequirement; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const tools = useQuery(toolsQuery).data?.items ?? [];
  const [issued, setIssued] = useState<IssuedInlet | null>(null);
  const form = useForm({
    initial: {
      name: '',
      tool: '' as string,
      scheduleKind: 'INTERVAL' as (typeof KINDS)[number] | '',
      schedule: requirement.interval,
      grace: 'PT1H',
      timeZone: 'Asia/Tokyo',
      copySite: '' as string,
    },
    required: () => ['name', 'scheduleKind', 'schedule', 'grace', 'timeZone'],
    save: ({ tool, copySite, ...rest }) =>
      api.post<IssuedInlet>(`/backup-requirements/${requirement.id}/inlets`, {
        ...rest,
        tool: tool || null,
        copySite: copySite || null,
      }),
    onSaved: (made) => {
      void client.invalidateQueries({ queryKey: ['inlets', 'of'] });
      setIssued(made);
    },
  });
  if (issued) return <CommandDialog inlet={issued} onClose={onClose} />;
  const labels = {
    name: t('inlets.name'),
    tool: t('inlets.tool'),
    scheduleKind: t('inlets.scheduleKind'),
    schedule: t('inlets.schedule'),
    grace: t('inlets.grace'),
    timeZone: t('inlets.timeZone'),
    copySite: t('inlets.copySite'),
  };
  const sites = [...new Set(requirement.copies.map(({ site }) => site))];
  return (
    <Dialog title={t('inlets.connect')} onClose={onClose}>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('inlets.makeAddress')} onCancel={onClose}>
        <TextField {...form.bind('name')} label={labels.name} hint={t('inlets.nameHint')} />
        <SelectField
          {...form.bind('tool')}
          label={labels.tool}
          empty={t('inlets.anyTool')}
          options={tools.map(({ tool, name }) => ({ value: tool, label: name }))}
        />
        <SelectField
          {...form.bind('scheduleKind')}
          label={labels.scheduleKind}
          options={KINDS.map((value) => ({ value, label: t(`inlets.kind.${value}`) }))}
        />
        <TextField {...form.bind('schedule')} label={labels.schedule} hint={t('inlets.scheduleHint')} />
        <DurationField
          {...form.bind('grace')}
          label={labels.grace}
          hint={t('inlets.graceHint')}
          units={['minutes', 'hours']}
        />
        <TextField {...form.bind('timeZone')} label={labels.timeZone} hint={t('inlets.timeZoneHint')} />
        <SelectField
          {...form.bind('copySite')}
          label={labels.copySite}
          empty={t('inlets.noSite')}
          options={sites.map((site) => ({ value: site, label: site }))}
        />
      </Form>
    </Dialog>
  );
}
