import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { BackupProfile, ProfileEffect, SystemSummary, Tier } from '../../api/types';
import { TierBadge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { EmptyState, Loaded, ProblemNotice } from '../../ui/feedback';
import { CheckField, SelectField } from '../../ui/form/choice';
import { ErrorText, fieldId, LABEL, RequiredMark, TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { SearchField } from '../../ui/form/search-field';
import { useForm } from '../../ui/form/use-form';
import { useFormat } from '../../ui/format/format';
import { announce } from '../../ui/toast';
import { OrganisationField } from '../organisations/organisation-field';
import { refreshSystem, systemsQuery } from '../systems/system-queries';
import { EffectList } from './effect-list';

const TIERS: Tier[] = ['HIGH', 'MODERATE', 'LOW'];
/** As many as one attachment takes, and a person looks through. */
const MOST_LISTED = 200;

interface AttachDraft {
  dataset: string;
  systemIds: string[];
  replace: boolean;
}

/** Attaches a profile to systems chosen by filters, after telling what that does. */
export function AttachDialog({ profile, onClose }: { profile: BackupProfile; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [effect, setEffect] = useState<ProfileEffect | null>(null);
  const send = (draft: AttachDraft, dryRun: boolean) =>
    api.post<ProfileEffect>(`/backup-profiles/${profile.id}/attach`, { ...draft, dryRun });
  const form = useForm<AttachDraft, ProfileEffect>({
    initial: { dataset: '', systemIds: [], replace: false },
    required: () => ['dataset', 'systemIds'],
    fieldOf: (name) => (name.startsWith('systemIds') ? 'systemIds' : name),
    save: (draft) => send(draft, true),
    onSaved: setEffect,
    previews: true,
  });
  const attach = useMutation({
    mutationFn: () => send(form.values, false),
    onSuccess: ({ items }) => {
      const written = items.filter(({ outcome }) => outcome === 'NEW' || outcome === 'CHANGED').length;
      announce(t('backupProfiles.attached', { count: written }));
      form.markSaved();
      void refreshSystem(client);
      onClose();
    },
  });
  const { systemIds, replace } = form.values;
  const labels = { dataset: t('backupFields.dataset'), systemIds: t('backupProfiles.systems') };
  return (
    <Dialog title={t('backupProfiles.attachTitle', { name: profile.name })} onClose={onClose}>
      {effect ? (
        <>
          <EffectList effect={effect} />
          {attach.error && <ProblemNotice error={attach.error} />}
          <div className="mt-6 flex flex-wrap justify-end gap-2">
            <Button onPress={() => setEffect(null)}>{t('backupProfiles.back')}</Button>
            <Button look="primary" isPending={attach.isPending} onPress={() => attach.mutate()}>
              {t('backupProfiles.attach')}
            </Button>
          </div>
        </>
      ) : (
        <Form {...form} labels={labels} onSubmit={form.submit} submit={t('backupProfiles.preview')} onCancel={onClose}>
          <TextField {...form.bind('dataset')} label={labels.dataset} hint={t('backups.datasetHint')} />
          <SystemChoice
            organisationId={profile.organisation.id}
            chosen={new Set(systemIds)}
            onChoose={(chosen) => form.set('systemIds', [...chosen])}
            error={form.errorOf('systemIds')}
          />
          <CheckField value={replace} onChange={(on) => form.set('replace', on)}>
            {t('backupProfiles.replace')}
          </CheckField>
          <p role="status">{t('backupProfiles.chosen', { count: systemIds.length })}</p>
        </Form>
      )}
    </Dialog>
  );
}

interface SystemChoiceProps {
  organisationId: string;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  error: string | undefined;
}

function SystemChoice({ organisationId, chosen, onChoose, error }: SystemChoiceProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState({ q: '', tier: '', organisationId });
  const lifecycle = 'PLANNED,OPERATING';
  const systems = useQuery(systemsQuery({ ...filter, lifecycle, limit: MOST_LISTED, sort: 'name' }));
  const all = systems.data?.items ?? [];
  const mark = (ids: string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids)
      if (on) next.add(id);
      else next.delete(id);
    onChoose(next);
  };
  return (
    <fieldset id={fieldId('systemIds')} className="grid min-w-0 gap-3" aria-describedby={error && 'systems-error'}>
      <legend className={LABEL}>
        {t('backupProfiles.systems')}
        <RequiredMark />
      </legend>
      {error && (
        <div id="systems-error">
          <ErrorText>{error}</ErrorText>
        </div>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <SearchField
          label={t('filter.systemNameOrCode')}
          value={filter.q}
          onSearch={(q) => setFilter((old) => ({ ...old, q }))}
        />
        <SelectField
          quiet
          name="attach-tier"
          label={t('readiness.tier')}
          empty={t('filter.all')}
          value={filter.tier}
          onChange={(tier) => setFilter((old) => ({ ...old, tier }))}
          options={TIERS.map((value) => ({ value: value as string, label: t(`domain:tier.${value}`) }))}
        />
        <OrganisationField
          quiet
          inside
          name="attach-organisation"
          label={t('readiness.organisation')}
          value={filter.organisationId}
          onChange={(id) => setFilter((old) => ({ ...old, organisationId: id || organisationId }))}
        />
      </div>
      <Loaded query={systems}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState title={t('systems.noMatch')} />
          ) : (
            <>
              <CheckField
                value={all.every(({ id }) => chosen.has(id))}
                onChange={(on) =>
                  mark(
                    all.map(({ id }) => id),
                    on,
                  )
                }
              >
                {t('backupProfiles.all', { count: items.length })}
              </CheckField>
              <ul className="max-h-72 divide-y divide-line overflow-y-auto rounded-8 border border-line px-3">
                {items.map((system) => (
                  <li key={system.id}>
                    <SystemCheck
                      system={system}
                      value={chosen.has(system.id)}
                      onChange={(on) => mark([system.id], on)}
                    />
                  </li>
                ))}
              </ul>
              {nextCursor && <p className="text-soft">{t('backupProfiles.narrow', { count: items.length })}</p>}
            </>
          )
        }
      </Loaded>
    </fieldset>
  );
}

interface SystemCheckProps {
  system: SystemSummary;
  value: boolean;
  onChange: (on: boolean) => void;
}

function SystemCheck({ system, value, onChange }: SystemCheckProps) {
  const format = useFormat();
  return (
    <CheckField value={value} onChange={onChange}>
      <span className="flex flex-wrap items-center gap-2">
        {format.name(system)}
        <TierBadge tier={system.tier} />
        <span className="text-[0.875rem] text-soft">{system.code}</span>
      </span>
    </CheckField>
  );
}
