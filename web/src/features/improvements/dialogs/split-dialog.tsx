import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { ImprovementDetail, Organisation } from '../../../api/types';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { useFormat } from '../../../ui/format/format';
import { announce } from '../../../ui/toast';
import { OrganisationField, organisationsQuery } from '../../organisations/organisation-field';
import { refreshSystem } from '../../systems/system-queries';

/** Gives organisations at or below the item's own a part of it each, also those that keep their details to themselves. */
export function SplitDialog({ item, onClose }: { item: ImprovementDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const organisations = useQuery(organisationsQuery).data ?? [];
  const [picked, setPicked] = useState('');
  const form = useForm<{ parts: string[]; dueOn: string }, unknown>({
    initial: { parts: [], dueOn: '' },
    required: () => ['parts'],
    save: ({ parts, dueOn }) =>
      api.post(`/improvements/${item.id}/split`, {
        parts: parts.map((organisationId) => ({ organisationId, ...(dueOn && { dueOn }) })),
      }),
    fieldOf: (name) => (name.endsWith('dueOn') ? 'dueOn' : 'parts'),
    onSaved: () => {
      announce(t('improvements.splitDone'));
      void refreshSystem(client);
      onClose();
    },
  });
  const { parts } = form.values;
  const within = reachable(organisations, item.organisation.id);
  const taken = [...parts, ...item.partsOf.map(({ organisation }) => organisation.id)];
  const labels = { parts: t('improvements.splitPick'), dueOn: t('improvements.partDueOn') };
  return (
    <Dialog title={t('improvements.split')} onClose={onClose}>
      <p className="mb-4">{t('improvements.splitText')}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('improvements.split')} onCancel={onClose}>
        <div className="grid gap-2">
          <OrganisationField
            name="parts"
            label={labels.parts}
            value={picked}
            onChange={setPicked}
            error={form.errorOf('parts')}
            isRequired={parts.length === 0}
            only={(id) => within.has(id) && !taken.includes(id)}
          />
          <div>
            <Button
              icon="plus"
              isDisabled={picked === ''}
              onPress={() => {
                form.set('parts', [...parts, picked]);
                setPicked('');
              }}
            >
              {t('improvements.addPart')}
            </Button>
          </div>
          <ul aria-live="polite" className="divide-y divide-line">
            {organisations
              .filter(({ id }) => parts.includes(id))
              .map((organisation) => (
                <li key={organisation.id} className="flex flex-wrap items-center justify-between gap-3 py-1">
                  {format.name(organisation)}
                  <Button
                    look="quiet"
                    aria-label={t('improvements.removePart', { organisation: format.name(organisation) })}
                    onPress={() =>
                      form.set(
                        'parts',
                        parts.filter((id) => id !== organisation.id),
                      )
                    }
                  >
                    {t('dependencies.remove')}
                  </Button>
                </li>
              ))}
          </ul>
        </div>
        <TextField
          {...form.bind('dueOn')}
          label={labels.dueOn}
          type="date"
          hint={t('improvements.partDueOnHint', { date: format.date(item.dueOn) })}
        />
      </Form>
    </Dialog>
  );
}

/** The organisation itself and everything below it. */
function reachable(organisations: readonly Organisation[], rootId: string): Set<string> {
  const within = new Set([rootId]);
  // Parents stand before their children in the order of the tree.
  for (const { id, parentId } of organisations) if (parentId && within.has(parentId)) within.add(id);
  return within;
}
