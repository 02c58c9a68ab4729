import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Lifecycle, Tier, Verdict } from '../../../api/types';
import { SelectField } from '../../../ui/form/choice';
import { Filters } from '../../../ui/form/filters';
import { SearchField } from '../../../ui/form/search-field';
import { OrganisationField } from '../../organisations/organisation-field';
import { PersonField } from '../../people/person-field';
import { useMe, usePermission } from '../../session/session';

const route = getRouteApi('/shell/systems');
const TIERS: Tier[] = ['HIGH', 'MODERATE', 'LOW'];
const VERDICTS: Verdict[] = ['NOT_READY', 'AT_RISK', 'UNKNOWN', 'READY_WITH_WAIVERS', 'READY'];
const COVERED = [
  ...(['BACKED_UP', 'NOT_BACKED_UP', 'OFFLINE_COPY', 'NO_OFFLINE_COPY'] as const),
  ...(['RESTORED', 'RESTORED_IN_TIME', 'RESTORED_LATE'] as const),
];
const LIFECYCLES: Lifecycle[] = ['PLANNED', 'OPERATING', 'RETIRED'];

/** Which systems are listed; the choice is in the address. */
export function SystemsFilters() {
  const { t } = useTranslation();
  const me = useMe();
  const may = usePermission();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, cursor: undefined, ...change }) });
  const owner = search.owner === 'me' ? me.user.id : (search.owner ?? '');
  // Several verdicts can come from a link; the list then names the combination.
  const verdicts = VERDICTS.map((value) => ({ value: value as string, label: t(`domain:verdict.${value}`) }));
  if (search.verdict?.includes(',')) {
    const label = search.verdict
      .split(',')
      .map((each) => t(`domain:verdict.${each as Verdict}`))
      .join(t('text.dot'));
    verdicts.push({ value: search.verdict, label });
  }
  return (
    <Filters className="sm:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-7">
      <SearchField label={t('filter.systemNameOrCode')} value={search.q ?? ''} onSearch={(q) => choose({ q })} />
      <SelectField
        quiet
        name="tier"
        label={t('readiness.tier')}
        empty={t('filter.all')}
        value={search.tier ?? ''}
        onChange={(tier) => choose({ tier })}
        options={TIERS.map((value) => ({ value: value as string, label: t(`domain:tier.${value}`) }))}
      />
      <SelectField
        quiet
        name="verdict"
        label={t('systems.verdict')}
        empty={t('filter.all')}
        value={search.verdict ?? ''}
        onChange={(verdict) => choose({ verdict })}
        options={verdicts}
      />
      <SelectField
        quiet
        name="effectiveVerdict"
        label={t('effective.title')}
        empty={t('filter.all')}
        value={search.effectiveVerdict ?? ''}
        onChange={(effectiveVerdict) => choose({ effectiveVerdict })}
        options={VERDICTS.map((value) => ({ value: value as string, label: t(`domain:verdict.${value}`) }))}
      />
      <SelectField
        quiet
        name="heldBack"
        label={t('effective.filter')}
        empty={t('filter.all')}
        value={search.heldBack ?? ''}
        onChange={(heldBack) => choose({ heldBack })}
        options={[
          { value: 'true' as string, label: t('effective.heldBack') },
          { value: 'false', label: t('effective.notHeldBack') },
        ]}
      />
      <SelectField
        quiet
        name="lifecycle"
        label={t('systems.lifecycle')}
        empty={t('filter.all')}
        value={search.lifecycle ?? ''}
        onChange={(lifecycle) => choose({ lifecycle })}
        options={LIFECYCLES.map((value) => ({ value: value as string, label: t(`domain:lifecycle.${value}`) }))}
      />
      <SelectField
        quiet
        name="reachable"
        label={t('reachable.filter')}
        empty={t('filter.all')}
        value={search.reachable ?? ''}
        onChange={(reachable) => choose({ reachable })}
        options={[
          { value: 'false' as string, label: t('reachable.nobody') },
          { value: 'true', label: t('reachable.somebody') },
        ]}
      />
      <SelectField
        quiet
        name="coverage"
        label={t('coverage.filter')}
        empty={t('filter.all')}
        value={search.coverage ?? ''}
        onChange={(coverage) => choose({ coverage })}
        options={COVERED.map((value) => ({ value: value as string, label: t(`coverage.list.${value}`) }))}
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
      {may('users:read') && (
        <PersonField
          quiet
          name="owner"
          label={t('systems.owner')}
          placeholder={t('filter.all')}
          value={owner}
          onChange={(id) => choose({ owner: id === me.user.id ? 'me' : id })}
        />
      )}
    </Filters>
  );
}
