import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { IssuedCalendarFeed } from '../../../api/calendar-types';
import { Dialog } from '../../../ui/dialog';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { OrganisationField } from '../../organisations/organisation-field';

interface OrganisationFeedProps {
  onIssued: (feed: IssuedCalendarFeed) => void;
  onClose: () => void;
}

/** Makes a calendar of an organisation and those below it. */
export function OrganisationFeedDialog({ onIssued, onClose }: OrganisationFeedProps) {
  const { t } = useTranslation();
  const form = useForm<{ organisationId: string }, IssuedCalendarFeed>({
    initial: { organisationId: '' },
    required: () => ['organisationId'],
    save: (draft) => api.post('/calendar-feeds', draft),
    onSaved: onIssued,
  });
  const labels = { organisationId: t('subscribe.organisation') };
  return (
    <Dialog title={t('subscribe.createFor')} onClose={onClose}>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('subscribe.createSubmit')} onCancel={onClose}>
        <OrganisationField
          {...form.bind('organisationId')}
          label={labels.organisationId}
          hint={t('subscribe.organisationHint')}
        />
      </Form>
    </Dialog>
  );
}
