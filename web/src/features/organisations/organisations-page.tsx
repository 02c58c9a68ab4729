import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Organisation, OrganisationKind } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { ExportMenu } from '../../ui/export/export-menu';
import { EmptyState, Loaded } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { SelectField } from '../../ui/form/choice';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { PageHeader } from '../../ui/page';
import { announce } from '../../ui/toast';
import { HistoryButton } from '../audit/history';
import { PackButton } from '../audit/pack-button';
import { usePermission } from '../session/session';
import { OrganisationField, organisationsQuery } from './organisation-field';
import { SharingSwitch } from './sharing-switch';

const KINDS: OrganisationKind[] = ['MINISTRY', 'AGENCY', 'BUREAU', 'DIVISION'];

export function OrganisationsPage() {
  const { t } = useTranslation();
  const may = usePermission();
  const organisations = useQuery(organisationsQuery);
  const [creating, setCreating] = useState(false);
  const create = may('organisations:write') && (
    <Button look="primary" icon="plus" onPress={() => setCreating(true)}>
      {t('organisations.create')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('organisations.title')}
        actions={
          <>
            {create}
            <ExportMenu path="/organisations" filters={{}} />
          </>
        }
      />
      <Loaded query={organisations}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={t('organisations.empty')} action={create}>
              {t('organisations.emptyText')}
            </EmptyState>
          ) : (
            <Branch all={all} parentId={null} />
          )
        }
      </Loaded>
      {creating && <CreateDialog onClose={() => setCreating(false)} />}
    </>
  );
}

/** The organisations below one; a person who sees only a part of the tree starts at that part. */
function Branch({ all, parentId }: { all: Organisation[]; parentId: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = new Set(all.map(({ id }) => id));
  const here = all.filter((each) =>
    parentId === null ? !each.parentId || !known.has(each.parentId) : each.parentId === parentId,
  );
  if (here.length === 0) return null;
  return (
    <ul className={parentId === null ? 'grid gap-1' : 'ms-3 grid gap-1 border-s border-line ps-4'}>
      {here.map((organisation) => (
        <li key={organisation.id}>
          <div className="flex min-h-11 flex-wrap items-center gap-x-3 py-1">
            <b>{format.name(organisation)}</b>
            <Tag>{t(`organisationKind.${organisation.kind}`)}</Tag>
            <span className="text-[0.875rem] text-soft">{organisation.code}</span>
            {!organisation.sharesDetails && <Tag look="none">{t('organisations.closed')}</Tag>}
            {organisation.detailsOpen && (
              <Link
                to="/systems"
                search={{ organisationId: organisation.id }}
                className="text-link inline-flex min-h-8 items-center text-[0.9375rem]"
                aria-label={t('organisations.systemsOf', { name: format.name(organisation) })}
              >
                {t('nav.systems')}
              </Link>
            )}
            <HistoryButton recordId={organisation.id} name={format.name(organisation)} />
            {organisation.detailsOpen && (
              <PackButton path={`/organisations/${organisation.id}`} name={format.name(organisation)} />
            )}
            <SharingSwitch organisation={organisation} />
          </div>
          <Branch all={all} parentId={organisation.id} />
        </li>
      ))}
    </ul>
  );
}

interface OrganisationDraft {
  code: string;
  name: string;
  nameEn: string;
  kind: OrganisationKind | '';
  parentId: string;
}

function CreateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm<OrganisationDraft, Organisation>({
    initial: { code: '', name: '', nameEn: '', kind: '', parentId: '' },
    required: () => ['name', 'code', 'kind', 'parentId'],
    save: ({ nameEn, ...rest }) => api.post('/organisations', { ...rest, ...(nameEn && { nameEn }) }),
    onSaved: ({ name }) => {
      announce(t('organisations.created', { name }));
      void client.invalidateQueries({ queryKey: ['organisations'] });
      onClose();
    },
  });
  const names = ['name', 'nameEn', 'code', 'kind', 'parentId'] as const;
  const labels = Object.fromEntries(names.map((name) => [name, t(`organisationFields.${name}`)])) as Record<
    (typeof names)[number],
    string
  >;
  return (
    <Dialog title={t('organisations.create')} onClose={onClose}>
      <Form
        {...form}
        labels={labels}
        onSubmit={form.submit}
        submit={t('organisations.createSubmit')}
        onCancel={onClose}
      >
        <TextField {...form.bind('name')} label={labels.name} />
        <TextField {...form.bind('nameEn')} label={labels.nameEn} />
        <TextField {...form.bind('code')} label={labels.code} />
        <SelectField
          {...form.bind('kind')}
          label={labels.kind}
          options={KINDS.map((value) => ({ value, label: t(`organisationKind.${value}`) }))}
        />
        <OrganisationField {...form.bind('parentId')} label={labels.parentId} />
      </Form>
    </Dialog>
  );
}
