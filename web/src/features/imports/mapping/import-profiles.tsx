import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Inspection } from '../../../api/types';
import { Button } from '../../../ui/button';
import { ProblemNotice } from '../../../ui/feedback';
import { SelectField } from '../../../ui/form/choice';
import { TextField } from '../../../ui/form/field';
import { Section } from '../../../ui/page';
import { announce } from '../../../ui/toast';
import { profilesQuery, saveProfile } from '../import-queries';
import { draftOf, mappingOf, type MappingDraft } from './mapping-draft';

interface ImportProfilesProps {
  inspection: Inspection;
  draft: MappingDraft;
  onChoose: (draft: MappingDraft) => void;
}

/** Mappings kept under a name, so that next month's file of the same shape needs no questions. */
export function ImportProfiles({ inspection, draft, onChoose }: ImportProfilesProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const profiles = useQuery(profilesQuery).data?.items ?? [];
  const [chosen, setChosen] = useState('');
  const [name, setName] = useState('');
  const save = useMutation({
    mutationFn: () => saveProfile(name, mappingOf(draft)),
    onSuccess: () => {
      announce(t('imports.profileSaved', { name }));
      setName('');
      void client.invalidateQueries({ queryKey: profilesQuery.queryKey });
    },
  });
  return (
    <Section title={t('imports.profiles')}>
      <div className="grid items-end gap-4 sm:grid-cols-2">
        {profiles.length > 0 && (
          <SelectField
            name="profile"
            label={t('imports.useProfile')}
            value={chosen}
            onChange={(id) => {
              setChosen(id);
              const profile = profiles.find((each) => each.id === id);
              if (profile)
                onChoose(
                  draftOf(
                    { ...profile.mapping, organisationId: profile.mapping.organisationId || draft.organisationId },
                    inspection,
                  ),
                );
            }}
            options={profiles.map(({ id, name: label, builtIn }) => ({
              value: id,
              label: builtIn ? t('imports.builtIn', { name: label }) : label,
            }))}
          />
        )}
        <div className="flex flex-wrap items-end gap-2">
          <div className="min-w-0 flex-1">
            <TextField name="profileName" label={t('imports.profileName')} value={name} onChange={setName} />
          </div>
          <Button isDisabled={name.trim() === ''} isPending={save.isPending} onPress={() => save.mutate()}>
            {t('imports.saveProfile')}
          </Button>
        </div>
      </div>
      {save.error && <ProblemNotice error={save.error} />}
    </Section>
  );
}
