import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../../api/problem';
import type { TierReadiness } from '../../../api/types';
import { Button } from '../../../ui/button';
import { EmptyState } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { TextField } from '../../../ui/form/field';

const route = getRouteApi('/shell/');

function useAsOf(): [string | undefined, (asOf: string | undefined) => void] {
  const { asOf } = route.useSearch();
  const navigate = route.useNavigate();
  return [asOf, (day) => void navigate({ search: (old) => ({ ...old, asOf: day, cursor: undefined }) })];
}

/** Chooses the day that the page is about; without one it is about now. */
export function DayField() {
  const { t } = useTranslation();
  const [asOf, choose] = useAsOf();
  return (
    <TextField
      quiet
      name="asOf"
      type="date"
      label={t('past.day')}
      value={asOf ?? ''}
      onChange={(day) => choose(day || undefined)}
    />
  );
}

/** As of when the figures are. */
export function AsOfLine({ readiness }: { readiness: TierReadiness }) {
  const { t } = useTranslation();
  const format = useFormat();
  const at = format.instant(readiness.asOf);
  if (!readiness.on) return t('readiness.asOf', { at });
  return t(readiness.madeUp ? 'past.madeUp' : 'past.frozen', { date: format.date(readiness.on), at });
}

function Back() {
  const { t } = useTranslation();
  const [, choose] = useAsOf();
  return <Button onPress={() => choose(undefined)}>{t('past.back')}</Button>;
}

/** Says that the page is about a day of the past, and leads back. */
export function PastNotice({ on, madeUp }: { on: string; madeUp: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="mb-6 flex flex-wrap items-center justify-between gap-3 border-s-4 border-on-soon bg-soon px-4 py-2 text-on-soon">
      <p className="min-w-0">
        <b className="block">{t('past.title', { date: format.date(on) })}</b>
        {t(madeUp ? 'past.textMadeUp' : 'past.text')}
      </p>
      <span className="no-print">
        <Back />
      </span>
    </div>
  );
}

/** The plain refusal of a day that was not frozen; null for any other failure. */
export function refusalOf(error: unknown): string | null {
  return (isProblem(error, 422) || isProblem(error, 400)) && error.errors[0]?.field === 'asOf'
    ? error.errors[0].message
    : null;
}

export function NoSuchDay({ refusal }: { refusal: string }) {
  return <EmptyState title={refusal} action={<Back />} />;
}
