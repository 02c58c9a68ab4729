import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { OrganisationRef, Supervised, Verdict } from '../../api/types';
import { VERDICT_LOOK } from '../../ui/badge';
import { useFormat } from '../../ui/format/format';
import { Icon } from '../../ui/icon';
import { Section } from '../../ui/page';
import { DataTable, type Column } from '../../ui/table';
import { supervisedQuery } from './readiness-queries';

const VERDICTS: Verdict[] = ['READY', 'READY_WITH_WAIVERS', 'AT_RISK', 'NOT_READY', 'UNKNOWN'];

type Row = Supervised['items'][number]['tiers'][number] & { organisation: OrganisationRef };

/** Agencies that keep their details to themselves: their verdicts, without a way to what is inside. Nothing when there are none. */
export function SupervisedSection({ organisationId }: { organisationId?: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const items = useQuery(supervisedQuery(organisationId)).data?.items ?? [];
  if (items.length === 0) return null;
  const rows: Row[] = items.flatMap(({ organisation, tiers }) => tiers.map((tier) => ({ ...tier, organisation })));
  const columns: Column<Row>[] = [
    {
      key: 'organisation',
      title: t('readiness.organisation'),
      heads: true,
      cell: ({ organisation }) => <b>{format.name(organisation)}</b>,
    },
    { key: 'tier', title: t('readiness.tier'), cell: ({ tier }) => t(`domain:tier.${tier}`) },
    { key: 'total', title: t('readiness.systems'), figure: true, cell: ({ total }) => format.number(total) },
    ...VERDICTS.map((verdict): Column<Row> => ({
      key: verdict,
      title: t(`domain:verdict.${verdict}`),
      header: (
        <span className="inline-flex items-center gap-1">
          <Icon name={VERDICT_LOOK[verdict].icon} className="size-4" />
          {t(`domain:verdict.${verdict}`)}
        </span>
      ),
      figure: true,
      cell: ({ byVerdict }) => format.number(byVerdict[verdict]),
    })),
  ];
  return (
    <Section title={t('readiness.supervised')}>
      <p className="mb-3">{t('readiness.supervisedText')}</p>
      <div className="print-whole overflow-x-auto">
        <DataTable
          caption={t('readiness.supervised')}
          columns={columns}
          rows={rows}
          rowKey={({ organisation, tier }) => organisation.id + tier}
        />
      </div>
    </Section>
  );
}
