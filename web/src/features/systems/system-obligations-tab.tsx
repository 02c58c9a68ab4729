import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ExportMenu } from '../../ui/export/export-menu';
import { EmptyState, Loaded } from '../../ui/feedback';
import { SelectField } from '../../ui/form/choice';
import { isOpen, OPEN_STATES, OWED_STATES, worstFirst } from '../obligations/obligation-queries';
import { ObligationRow } from '../obligations/obligation-row';
import { systemObligationsQuery } from './system-queries';

const route = getRouteApi('/shell/systems/$systemId');
const VIEWS = ['open', 'applicable', 'all'] as const;
type View = (typeof VIEWS)[number];
const STATES: Record<View, string | undefined> = {
  open: OPEN_STATES.join(),
  applicable: [...OWED_STATES, 'WAIVED'].join(),
  all: undefined,
};

/** Everything this system owes, with the reason of each state. */
export function SystemObligationsTab({ systemId }: { systemId: string }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const view: View = VIEWS.find((each) => each === search.state) ?? 'applicable';
  const obligations = useQuery(systemObligationsQuery(systemId));
  return (
    <Loaded query={obligations}>
      {({ items }) => {
        const ordered = worstFirst(items);
        const sets = {
          open: ordered.filter(isOpen),
          applicable: ordered.filter(({ state }) => state !== 'NOT_APPLICABLE'),
          all: ordered,
        };
        return (
          <>
            <div className="no-print mb-2 flex flex-wrap items-end gap-4">
              <SelectField<View>
                quiet
                name="view"
                label={t('obligations.shown')}
                empty={null}
                value={view}
                onChange={(state) => void navigate({ search: (old) => ({ ...old, state: state || undefined }) })}
                options={VIEWS.map((value) => ({
                  value,
                  label: t(`obligations.view.${value}`, { count: sets[value].length }),
                }))}
              />
              {sets[view].length > 0 && (
                <ExportMenu path="/obligations" filters={{ systemId, state: STATES[view], sort: 'dueOn' }} />
              )}
            </div>
            {sets[view].length === 0 ? (
              <EmptyState title={t(items.length === 0 ? 'obligations.emptySystem' : 'obligations.allClear')}>
                {items.length === 0 && t('obligations.emptySystemText')}
              </EmptyState>
            ) : (
              <ul className="divide-y divide-line border-y border-line">
                {sets[view].map((obligation) => (
                  <ObligationRow key={obligation.id} obligation={obligation} />
                ))}
              </ul>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
