import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { EffectiveTier } from '../../../api/readiness-types';
import { useFormat } from '../../../ui/format/format';
import { Section } from '../../../ui/page';
import { DataTable, type Column } from '../../../ui/table';
import { effectiveQuery } from '../readiness-queries';
import { VerdictHeading, VERDICTS } from '../tier-table';

/** Beside the own verdicts: how many systems stand worse with what they cannot do without. Nothing where none does. */
export function EffectiveSection({ organisationId }: { organisationId?: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const effective = useQuery(effectiveQuery(organisationId)).data;
  if (!effective?.tiers.some(({ heldBack }) => heldBack > 0)) return null;

  const list = ({ tier }: EffectiveTier, count: number, narrowed: Record<string, string>): ReactNode =>
    count === 0 ? (
      <span className="text-soft">0</span>
    ) : (
      <Link
        to="/systems"
        search={{ ...(organisationId && { organisationId }), tier, lifecycle: 'OPERATING', ...narrowed }}
        className="text-link inline-flex min-h-8 min-w-8 items-center justify-end"
      >
        {format.number(count)}
      </Link>
    );
  const columns: Column<EffectiveTier>[] = [
    { key: 'tier', title: t('readiness.tier'), heads: true, cell: ({ tier }) => <b>{t(`domain:tier.${tier}`)}</b> },
    ...VERDICTS.map((verdict): Column<EffectiveTier> => ({
      key: verdict,
      title: t(`domain:verdict.${verdict}`),
      header: <VerdictHeading verdict={verdict} />,
      figure: true,
      cell: (row) => list(row, row.byVerdict[verdict], { effectiveVerdict: verdict }),
    })),
    {
      key: 'heldBack',
      title: t('effective.heldBack'),
      figure: true,
      cell: (row) => list(row, row.heldBack, { heldBack: 'true' }),
    },
  ];
  return (
    <Section title={t('effective.title')}>
      <p className="mb-3">{t('effective.tiersText')}</p>
      <div className="print-whole overflow-x-auto">
        <DataTable
          caption={t('effective.title')}
          columns={columns}
          rows={effective.tiers.filter(({ total }) => total > 0)}
          rowKey={({ tier }) => tier}
        />
      </div>
    </Section>
  );
}
