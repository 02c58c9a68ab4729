import { useTranslation } from 'react-i18next';
import type { PolicyRule } from '../../api/types';
import { Tag } from '../../ui/badge';
import { DataTable, type Column } from '../../ui/table';
import { TIERS } from './editing/policy-draft';
import { Clause, Conditions, TierTermsCell } from './tier-terms';

/** What each tier owes, rule by rule. */
export function PolicyRules({ rules }: { rules: PolicyRule[] }) {
  const { t } = useTranslation();
  const columns: Column<PolicyRule>[] = [
    {
      key: 'title',
      title: t('policies.rule'),
      heads: true,
      cell: ({ title, optional, metBy, conditions, clause, edition }) => (
        <>
          <b>{title}</b> {optional && <Tag>{t('policies.optional')}</Tag>}
          {metBy?.sharedDrills && (
            <span className="block text-[0.8125rem] text-soft">{t('policies.sharedDrillsShown')}</span>
          )}
          <Conditions conditions={conditions} />
          <Clause clause={clause} edition={edition} />
        </>
      ),
    },
    {
      key: 'scope',
      title: t('policies.scope'),
      cell: ({ scope }) => (
        <span className="break-keep">
          {t(scope === 'BACKUP_REQUIREMENT' ? 'policies.perBackup' : 'policies.perSystem')}
        </span>
      ),
    },
    ...TIERS.map((tier): Column<PolicyRule> => ({
      key: tier,
      title: t('tier.label', { tier: t(`domain:tier.${tier}`) }),
      cell: ({ tiers }) => <TierTermsCell terms={tiers[tier] ?? null} />,
    })),
  ];
  return <DataTable caption={t('policies.rules')} columns={columns} rows={rules} rowKey={({ key }) => key} />;
}
