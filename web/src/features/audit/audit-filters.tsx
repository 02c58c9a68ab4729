import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CheckField, SelectField } from '../../ui/form/choice';
import { ComboField } from '../../ui/form/combo-field';
import { TextField } from '../../ui/form/field';
import { Filters } from '../../ui/form/filters';
import { SearchField } from '../../ui/form/search-field';
import { OrganisationField } from '../organisations/organisation-field';
import { PersonField } from '../people/person-field';
import { useAuditChoices } from './audit-words';

const route = getRouteApi('/shell/audit');

/** Which events are listed; the choice is in the address. */
export function AuditFilters() {
  const { t } = useTranslation();
  const choices = useAuditChoices();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, cursor: undefined, ...change }) });
  return (
    <Filters className="items-end sm:grid-cols-2 lg:grid-cols-4">
      <SearchField label={t('audit.words')} value={search.q ?? ''} onSearch={(q) => choose({ q })} />
      <PersonField
        quiet
        name="actor"
        label={t('audit.person')}
        placeholder={t('filter.all')}
        value={search.actorId ?? ''}
        onChange={(actorId) => choose({ actorId })}
      />
      <ComboField
        quiet
        name="action"
        label={t('audit.action')}
        placeholder={t('filter.all')}
        items={choices.actions}
        value={search.action ?? ''}
        onChange={(action) => choose({ action })}
      />
      <SelectField
        quiet
        name="recordType"
        label={t('audit.recordType')}
        empty={t('filter.all')}
        value={search.recordType ?? ''}
        onChange={(recordType) => choose({ recordType })}
        options={choices.recordTypes}
      />
      <OrganisationField
        quiet
        name="organisation"
        label={t('audit.organisation')}
        placeholder={t('filter.all')}
        value={search.organisationId ?? ''}
        onChange={(organisationId) => choose({ organisationId })}
      />
      <TextField
        quiet
        type="date"
        name="from"
        label={t('audit.from')}
        value={search.from ?? ''}
        onChange={(from) => choose({ from })}
      />
      <TextField
        quiet
        type="date"
        name="to"
        label={t('audit.to')}
        value={search.to ?? ''}
        onChange={(to) => choose({ to })}
      />
      <CheckField
        name="denied"
        value={search.denied === 'true'}
        onChange={(denied) => choose({ denied: denied ? 'true' : undefined })}
      >
        {t('audit.denied')}
      </CheckField>
    </Filters>
  );
}
