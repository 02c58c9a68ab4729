import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SelectField } from '../../ui/form/choice';
import { Filters } from '../../ui/form/filters';
import { SearchField } from '../../ui/form/search-field';
import { OrganisationField } from '../organisations/organisation-field';
import { usePermission } from '../session/session';
import { ROLES } from './roles';

const route = getRouteApi('/shell/users');

/** Which people are listed; the choice is in the address. */
export function UsersFilters() {
  const { t } = useTranslation();
  const may = usePermission();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, cursor: undefined, ...change }) });
  return (
    <Filters className="sm:grid-cols-2 xl:grid-cols-4">
      <SearchField label={t('users.nameOrEmail')} value={search.q ?? ''} onSearch={(q) => choose({ q })} />
      <SelectField
        quiet
        name="role"
        label={t('userFields.role')}
        empty={t('filter.all')}
        value={search.role ?? ''}
        onChange={(role) => choose({ role })}
        options={ROLES.map((value) => ({ value: value as string, label: t(`domain:role.${value}`) }))}
      />
      {may('organisations:read') && (
        <OrganisationField
          quiet
          name="organisation"
          label={t('readiness.organisation')}
          placeholder={t('filter.all')}
          value={search.organisationId ?? ''}
          onChange={(organisationId) => choose({ organisationId })}
        />
      )}
      <SelectField
        quiet
        name="active"
        label={t('users.account')}
        empty={t('filter.all')}
        value={search.active ?? ''}
        onChange={(active) => choose({ active })}
        options={['true', 'false'].map((value) => ({
          value,
          label: t(value === 'true' ? 'users.open' : 'users.closed'),
        }))}
      />
    </Filters>
  );
}
