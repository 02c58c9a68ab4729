import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { ImprovementDetail, ImprovementSource } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { SelectField } from '../../../ui/form/choice';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { announce } from '../../../ui/toast';
import { OrganisationField } from '../../organisations/organisation-field';
import { PersonField } from '../../people/person-field';
import { usePermission } from '../../session/session';
import { refreshSystem } from '../../systems/system-queries';
import { SOURCES } from '../improvement-queries';

interface RaiseDialogProps {
  /** Absent: an organisation raises it for itself. */
  systemId?: string;
  /** The failed proof that it comes from. */
  failedEvidenceId?: string | null;
  source?: ImprovementSource;
  onClose: () => void;
}

/** Raises an improvement item of a system, or of an organisation, and opens it. */
export function RaiseDialog({ systemId, failedEvidenceId = null, source = 'AUDIT', onClose }: RaiseDialogProps) {
  const { t } = useTranslation();
  const may = usePermission();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initial: {
      ...{ source: source as ImprovementSource | '', title: '', description: '', link: '' },
      ...{ organisationId: '', ownerId: '', dueOn: '' },
    },
    required: () => ['source', 'title', ...(systemId ? [] : (['organisationId'] as const))],
    save: (values) => {
      const said = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
      const about = systemId ? { systemId, sourceEvidenceId: failedEvidenceId } : {};
      return api.post<ImprovementDetail>('/improvements', { ...said, ...about });
    },
    onSaved: ({ id }) => {
      announce(t('improvements.raised'));
      void refreshSystem(client);
      void navigate({ to: '/improvements/$itemId', params: { itemId: id } });
    },
  });
  const labels = {
    source: t('improvements.source'),
    title: t('improvements.name'),
    description: t('improvements.description'),
    link: t('improvements.link'),
    organisationId: t('improvements.organisation'),
    ownerId: t('improvements.owner'),
    dueOn: t('improvements.dueOn'),
  };
  return (
    <Dialog title={t('improvements.raise')} onClose={onClose}>
      {!systemId && <p className="mb-4">{t('improvements.raiseText')}</p>}
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('improvements.raise')} onCancel={onClose}>
        <SelectField
          {...form.bind('source')}
          label={labels.source}
          empty={null}
          options={SOURCES.map((value) => ({ value, label: t(`domain:improvementSource.${value}`) }))}
        />
        <TextField {...form.bind('title')} label={labels.title} hint={t('improvements.nameHint')} />
        {!systemId && <OrganisationField {...form.bind('organisationId')} label={labels.organisationId} inside />}
        <TextField
          {...form.bind('description')}
          label={labels.description}
          rows={4}
          hint={t('improvements.descriptionHint')}
        />
        {may('users:read') && (
          <PersonField
            {...form.bind('ownerId')}
            label={labels.ownerId}
            {...(systemId && { hint: t('improvements.ownerHint') })}
          />
        )}
        <TextField {...form.bind('dueOn')} label={labels.dueOn} type="date" hint={t('improvements.dueOnHint')} />
        <TextField {...form.bind('link')} label={labels.link} type="url" hint={t('improvements.linkHint')} />
      </Form>
    </Dialog>
  );
}
