import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CalendarEvent } from '../../api/generated/types.gen';
import type { Tier } from '../../api/types';
import { Button, LinkButton } from '../../ui/button';
import { EmptyState, Loaded } from '../../ui/feedback';
import { SelectField } from '../../ui/form/choice';
import { Filters } from '../../ui/form/filters';
import { civilDateOf } from '../../ui/format/format';
import { now } from '../../ui/format/now';
import { PageHeader } from '../../ui/page';
import { OrganisationField } from '../organisations/organisation-field';
import { usePermission } from '../session/session';
import { calendarQuery } from './calendar-queries';
import { DayList } from './day-list';
import { DayRows } from './day-rows';
import { MonthField } from './month-field';
import { MonthGrid } from './month-grid';
import { useMonthName } from './month-name';
import { fiscalYearOf, firstOf, lastOf, monthOf, plusMonths } from './months';
import { SubscribeSection } from './subscribing/subscribe';
import { YearView } from './year-view';

const route = getRouteApi('/shell/calendar');
const TIERS: Tier[] = ['HIGH', 'MODERATE', 'LOW'];
const KINDS: CalendarEvent['kind'][] = ['DUTY', 'DRILL', 'WAIVER', 'IMPROVEMENT'];

/** What falls due, is drilled or ends, by month or fiscal year; a day opens its list. */
export function CalendarPage() {
  const { t } = useTranslation();
  const name = useMonthName();
  const { view, month: chosen, day, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const today = civilDateOf(now());
  const month = chosen ?? monthOf(day ?? today);
  const year = fiscalYearOf(firstOf(month));
  const ofYear = view === 'year';
  const [from, to] = ofYear ? [`${year}-04-01`, `${year + 1}-03-31`] : [firstOf(month), lastOf(month)];
  const calendar = useQuery(calendarQuery({ ...filters, from, to }));
  const show = (change: { month?: string; day?: string | undefined; view?: string | undefined }) =>
    void navigate({ search: (old) => ({ ...old, ...change }) });
  const step = ofYear ? 12 : 1;
  return (
    <>
      <PageHeader
        title={t('calendar.title')}
        actions={
          <>
            <Button icon="printer" onPress={() => window.print()}>
              {t('action.print')}
            </Button>
            <Button onPress={() => show({ view: ofYear ? undefined : 'year', month, day: undefined })}>
              {t(ofYear ? 'calendar.byMonth' : 'calendar.byYear')}
            </Button>
          </>
        }
      >
        <p className="text-soft">{t('calendar.text')}</p>
      </PageHeader>
      <CalendarFilters />
      <div className="calendar mb-4 flex flex-wrap items-end gap-2">
        <Button onPress={() => show({ month: plusMonths(month, -step), day: undefined })}>
          {t('calendar.previous')}
        </Button>
        <Button onPress={() => show({ month: monthOf(today), day: undefined })}>{t('calendar.toToday')}</Button>
        <Button onPress={() => show({ month: plusMonths(month, step), day: undefined })}>{t('calendar.next')}</Button>
        <div className="no-print">
          <MonthField month={month} onGo={(to) => show({ month: to, day: undefined })} />
        </div>
        <h2 className="ms-2 mb-2 text-[1.25rem]" aria-live="polite">
          {ofYear ? t('calendar.fiscalYear', { year, next: year + 1 }) : name(month)}
        </h2>
      </div>
      <Loaded query={calendar}>
        {(shown) => (
          <>
            {ofYear ? (
              <YearView year={year} calendar={shown} />
            ) : (
              <>
                <MonthGrid
                  month={month}
                  calendar={shown}
                  selected={day}
                  onSelect={(on) => show({ month, day: on })}
                  onLeave={(on) => show({ month: monthOf(on), day: on })}
                />
                <DayRows calendar={shown} />
              </>
            )}
            {shown.days.length === 0 && (
              <div className="mt-6">
                <EmptyState
                  title={t('calendar.empty')}
                  action={
                    Object.values(filters).some(Boolean) ? (
                      <LinkButton to="/calendar" search={{ month, view }}>
                        {t('action.clearFilters')}
                      </LinkButton>
                    ) : (
                      <LinkButton to="/systems">{t('calendar.emptyAction')}</LinkButton>
                    )
                  }
                >
                  {t('calendar.emptyText')}
                </EmptyState>
              </div>
            )}
          </>
        )}
      </Loaded>
      {!ofYear && day && <DayList day={day} />}
      <div className="mt-10 print:hidden">
        <SubscribeSection />
      </div>
    </>
  );
}

function CalendarFilters() {
  const { t } = useTranslation();
  const may = usePermission();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (change: Partial<typeof search>) => void navigate({ search: (old) => ({ ...old, ...change }) });
  return (
    <Filters>
      <SelectField
        quiet
        name="owner"
        label={t('calendar.whose')}
        empty={t('filter.all')}
        value={search.owner ?? ''}
        onChange={(owner) => choose({ owner: owner || undefined })}
        options={[{ value: 'me', label: t('calendar.mine') }]}
      />
      <SelectField
        quiet
        name="kind"
        label={t('calendar.kind')}
        empty={t('filter.all')}
        value={search.kind ?? ''}
        onChange={(kind) => choose({ kind: kind || undefined })}
        options={KINDS.map((value) => ({ value: value as string, label: t(`calendar.kinds.${value}`) }))}
      />
      <SelectField
        quiet
        name="tier"
        label={t('readiness.tier')}
        empty={t('filter.all')}
        value={search.tier ?? ''}
        onChange={(tier) => choose({ tier: tier || undefined })}
        options={TIERS.map((value) => ({ value: value as string, label: t(`domain:tier.${value}`) }))}
      />
      {may('organisations:read') && (
        <OrganisationField
          quiet
          name="organisation"
          label={t('readiness.organisation')}
          placeholder={t('filter.all')}
          value={search.organisationId ?? ''}
          onChange={(organisationId) => choose({ organisationId: organisationId || undefined })}
        />
      )}
    </Filters>
  );
}
