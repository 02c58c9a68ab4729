import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { State, Tier } from '../../api/types';
import { LinkButton } from '../../ui/button';
import { ExportMenu } from '../../ui/export/export-menu';
import { EmptyState, Loaded } from '../../ui/feedback';
import { SelectField } from '../../ui/form/choice';
import { TextField } from '../../ui/form/field';
import { Filters } from '../../ui/form/filters';
import { SearchField } from '../../ui/form/search-field';
import { PageHeader } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { OrganisationField } from '../organisations/organisation-field';
import { usePermission } from '../session/session';
import { obligationsQuery, OPEN_STATES, OWED_STATES } from './obligation-queries';
import { ObligationRow } from './obligation-row';

const route = getRouteApi('/shell/obligations');
const TIERS: Tier[] = ['HIGH', 'MODERATE', 'LOW'];
const STATES: State[] = ['FAILED', 'OVERDUE', 'UNKNOWN', 'DUE_SOON', 'MET', 'WAIVED', 'NOT_APPLICABLE'];
const OPEN = OPEN_STATES.join(',');

/** Every obligation the person may see: the list behind the figures. */
export function ObligationsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const obligations = useQuery(obligationsQuery({ sort: 'dueOn', ...search }));
  const filtered = Object.keys(search).some((name) => name !== 'cursor' && name !== 'sort');
  return (
    <>
      <PageHeader
        title={t('obligations.title')}
        actions={<ExportMenu path="/obligations" filters={{ sort: 'dueOn', ...search }} />}
      />
      <ObligationFilters />
      <Loaded query={obligations}>
        {({ items, nextCursor, total }) =>
          items.length === 0 ? (
            filtered ? (
              <EmptyState
                title={t('obligations.noMatch')}
                action={<LinkButton to="/obligations">{t('action.clearFilters')}</LinkButton>}
              />
            ) : (
              <EmptyState
                title={t('obligations.none')}
                action={<LinkButton to="/systems">{t('obligations.toSystems')}</LinkButton>}
              >
                {t('obligations.emptyText')}
              </EmptyState>
            )
          ) : (
            <>
              <ul className="divide-y divide-line border-y border-line">
                {items.map((obligation) => (
                  <ObligationRow key={obligation.id} obligation={obligation} ofSystem />
                ))}
              </ul>
              <Pager cursor={search.cursor} nextCursor={nextCursor} shown={items.length} total={total} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function ObligationFilters() {
  const { t } = useTranslation();
  const may = usePermission();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, cursor: undefined, ...change }) });
  const states = [
    { value: OPEN, label: t('obligations.open') },
    { value: OWED_STATES.join(','), label: t('obligations.owed') },
    ...STATES.map((value) => ({ value: value as string, label: t(`domain:state.${value}`) })),
  ];
  return (
    <Filters>
      <SearchField label={t('filter.systemName')} value={search.q ?? ''} onSearch={(q) => choose({ q })} />
      <SelectField
        quiet
        name="state"
        label={t('obligations.state')}
        empty={t('filter.all')}
        value={search.state ?? ''}
        onChange={(state) => choose({ state })}
        options={states}
      />
      <SelectField
        quiet
        name="tier"
        label={t('readiness.tier')}
        empty={t('filter.all')}
        value={search.tier ?? ''}
        onChange={(tier) => choose({ tier })}
        options={TIERS.map((value) => ({ value: value as string, label: t(`domain:tier.${value}`) }))}
      />
      <TextField
        quiet
        name="dueOn"
        type="date"
        label={t('obligations.dueOn')}
        value={search.dueOn ?? ''}
        onChange={(dueOn) => choose({ dueOn })}
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
    </Filters>
  );
}
