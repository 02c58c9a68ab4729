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
import { TextField } from '../../ui/form/field';
import { SearchField } from '../../ui/form/search-field';
import { useFormat } from '../../ui/format/format';
import { announce } from '../../ui/toast';
import { OrganisationField } from '../organisations/organisation-field';
import { refreshSystem, systemsQuery } from '../systems/system-queries';
import { EffectList } from './effect-list';

const TIERS: Tier[] = ['HIGH', 'MODERATE', 'LOW'];
/** As many as one attachment takes, and a person looks through. */
const MOST_LISTED = 200;

/** Attaches a profile to systems chosen by filters, after telling what that does. */
export function AttachDialog({ profile, onClose }: { profile: BackupProfile; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [dataset, setDataset] = useState('');
  const [replace, setReplace] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const send = (dryRun: boolean) =>
    api.post<ProfileEffect>(`/backup-profiles/${profile.id}/attach`, {
      ...{ systemIds: [...chosen], dataset, replace, dryRun },
    });
  const preview = useMutation({ mutationFn: () => send(true) });
  const attach = useMutation({
    mutationFn: () => send(false),
    onSuccess: ({ items }) => {
      const written = items.filter(({ outcome }) => outcome === 'NEW' || outcome === 'CHANGED').length;
      announce(t('backupProfiles.attached', { count: written }));
      void refreshSystem(client);
      onClose();
    },
  });
  const title = t('backupProfiles.attachTitle', { name: profile.name });
  if (preview.data)
    return (
      <Dialog title={title} onClose={onClose}>
        <EffectList effect={preview.data} />
        {attach.error && <ProblemNotice error={attach.error} />}
        <div className="mt-6 flex flex-wrap justify-end gap-2">
          <Button onPress={preview.reset}>{t('backupProfiles.back')}</Button>
          <Button look="primary" isPending={attach.isPending} onPress={() => attach.mutate()}>
            {t('backupProfiles.attach')}
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="grid gap-4">
        <TextField
          name="dataset"
          label={t('backupFields.dataset')}
          hint={t('backups.datasetHint')}
          isRequired
          value={dataset}
          onChange={setDataset}
        />
        <SystemChoice organisationId={profile.organisation.id} chosen={chosen} onChoose={setChosen} />
        <CheckField value={replace} onChange={setReplace}>
          {t('backupProfiles.replace')}
        </CheckField>
        {preview.error && <ProblemNotice error={preview.error} />}
        <div className="flex flex-wrap items-center justify-end gap-2">
          <p role="status" className="me-auto">
            {t('backupProfiles.chosen', { count: chosen.size })}
          </p>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button
            look="primary"
            isPending={preview.isPending}
            isDisabled={chosen.size === 0 || dataset.trim() === ''}
            onPress={() => preview.mutate()}
          >
            {t('backupProfiles.preview')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

interface SystemChoiceProps {
  organisationId: string;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

function SystemChoice({ organisationId, chosen, onChoose }: SystemChoiceProps) {
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
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-1 font-700">{t('backupProfiles.systems')}</legend>
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
