import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Tier, Verdict } from '../../api/types';
import { SearchField } from '../../ui/form/search-field';
import { SelectField } from '../../ui/form/choice';
import { Filters } from '../../ui/form/filters';

const route = getRouteApi('/shell/');
const TIERS: Tier[] = ['HIGH', 'MODERATE', 'LOW'];
const VERDICTS: Verdict[] = ['NOT_READY', 'AT_RISK', 'UNKNOWN', 'READY_WITH_WAIVERS', 'READY'];

/** What the grid shows; the choice is in the address. */
export function HeatmapFilters() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, cursor: undefined, ...change }) });
  return (
    <Filters className="sm:grid-cols-3 lg:max-w-3xl">
      <SelectField
        quiet
        name="tier"
        label={t('readiness.tier')}
        empty={t('filter.all')}
        value={(search.tier ?? '') as Tier | ''}
        onChange={(tier) => choose({ tier })}
        options={TIERS.map((value) => ({ value, label: t(`domain:tier.${value}`) }))}
      />
      <SelectField
        quiet
        name="verdict"
        label={t('systems.verdict')}
        empty={t('filter.all')}
        value={(search.verdict ?? '') as Verdict | ''}
        onChange={(verdict) => choose({ verdict })}
        options={VERDICTS.map((value) => ({ value, label: t(`domain:verdict.${value}`) }))}
      />
      <SearchField label={t('filter.systemName')} value={search.q ?? ''} onSearch={(q) => choose({ q })} />
    </Filters>
  );
}
