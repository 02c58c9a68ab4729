import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LoadedPage } from '../shell/loaded-page';
import type { PolicyRule } from '../../api/types';
import type { Tier } from '../../api/types';
import { Tag } from '../../ui/badge';
import { useFormat } from '../../ui/format/format';
import { PageHeader } from '../../ui/page';
import { DataTable, type Column } from '../../ui/table';
import { PolicyActions } from './policy-actions';
import { policyQuery } from './policy-queries';
import { Clause, Conditions, TierTermsCell } from './tier-terms';

const route = getRouteApi('/shell/policies/$policyId');
const TIERS: Tier[] = ['HIGH', 'MODERATE', 'LOW'];

/** One policy version: what each tier owes, rule by rule. */
export function PolicyPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { policyId } = route.useParams();
  const policy = useQuery(policyQuery(policyId));
  const columns: Column<PolicyRule>[] = [
    {
      key: 'title',
      title: t('policies.rule'),
      heads: true,
      cell: ({ title, optional, conditions, clause, edition }) => (
        <>
          <b>{title}</b> {optional && <Tag>{t('policies.optional')}</Tag>}
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
  return (
    <LoadedPage query={policy}>
      {(data) => (
        <>
          <PageHeader
            title={t('policies.of', { organisation: format.name(data.organisation), version: data.version })}
            crumbs={[
              <Link key="policies" to="/policies" className="text-link">
                {t('policies.title')}
              </Link>,
            ]}
            actions={<PolicyActions policy={data} />}
          >
            <p className="mt-1">
              <Tag look={data.status === 'PUBLISHED' ? 'met' : 'soon'}>{t(`policyStatus.${data.status}`)}</Tag>{' '}
              {data.publishedAt && format.instant(data.publishedAt)}
            </p>
          </PageHeader>
          <DataTable caption={t('policies.rules')} columns={columns} rows={data.rules} rowKey={({ key }) => key} />
        </>
      )}
    </LoadedPage>
  );
}
