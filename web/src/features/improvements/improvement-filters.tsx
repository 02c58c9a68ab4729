import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SelectField } from '../../ui/form/choice';
import { Filters } from '../../ui/form/filters';
import { SearchField } from '../../ui/form/search-field';
import { OrganisationField } from '../organisations/organisation-field';
import { usePermission } from '../session/session';
import { SOURCES, STATUSES } from './improvement-queries';

const route = getRouteApi('/shell/improvements');

/** Which items are listed; the choice is in the address. */
export function ImprovementFilters() {
  const { t } = useTranslation();
  const may = usePermission();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, cursor: undefined, ...change }) });
  const statuses = STATUSES.map((value) => ({ value: value as string, label: t(`domain:improvementStatus.${value}`) }));
  return (
    <Filters className="sm:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-6">
      <SearchField label={t('improvements.search')} value={search.q ?? ''} onSearch={(q) => choose({ q })} />
      <SelectField
        quiet
        name="source"
        label={t('improvements.source')}
        empty={t('filter.all')}
        value={search.source ?? ''}
        onChange={(source) => choose({ source })}
        options={SOURCES.map((value) => ({ value: value as string, label: t(`domain:improvementSource.${value}`) }))}
      />
      <SelectField
        quiet
        name="status"
        label={t('improvements.status')}
        empty={t('improvements.openOnly')}
        value={search.status ?? ''}
        onChange={(status) => choose({ status })}
        options={[...statuses, { value: 'all', label: t('filter.all') }]}
      />
      <SelectField
        quiet
        name="overdue"
        label={t('improvements.filterDay')}
        empty={t('filter.all')}
        value={search.overdue ?? ''}
        onChange={(overdue) => choose({ overdue })}
        options={[{ value: 'true', label: t('improvements.onlyOverdue') }]}
      />
      <SelectField
        quiet
        name="owner"
        label={t('improvements.filterOwner')}
        empty={t('filter.all')}
        value={search.owner ?? ''}
        onChange={(owner) => choose({ owner })}
        options={[{ value: 'me', label: t('improvements.mine') }]}
      />
      {may('organisations:read') && (
        <OrganisationField
          quiet
          name="organisation"
          label={t('improvements.organisation')}
          placeholder={t('filter.all')}
          value={search.organisationId ?? ''}
          onChange={(organisationId) => choose({ organisationId })}
        />
      )}
    </Filters>
  );
}
