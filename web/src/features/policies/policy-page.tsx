import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LoadedPage } from '../shell/loaded-page';
import type { Policy } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Notice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { PageHeader } from '../../ui/page';
import { Tabs } from '../../ui/tabs';
import { RecordHistory } from '../audit/history';
import { usePermission } from '../session/session';
import { ChangesTab } from './changes-tab';
import { PolicyActions } from './policy-actions';
import { policyQuery } from './policy-queries';
import { PolicyRules } from './policy-rules';
import { STATUS_LOOK } from './policy-status';
import { PreviewTab } from './preview/preview-tab';
import { VersionsTab } from './versions-tab';

const route = getRouteApi('/shell/policies/$policyId');

/** One policy version: what each tier owes, what differs from before, and what a draft would change. */
export function PolicyPage() {
  const { policyId } = route.useParams();
  const policy = useQuery(policyQuery(policyId));
  return <LoadedPage query={policy}>{(data) => <OnePolicy policy={data} />}</LoadedPage>;
}

function OnePolicy({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const format = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { organisation, version, status, publishedAt, publishedBy, effectiveOn, findings } = policy;
  const isDraft = status === 'DRAFT';
  const may = usePermission();
  const tabs = [
    ...['rules', 'changes', ...(isDraft ? ['preview'] : []), 'versions'],
    ...(may('audit:read') ? ['history'] : []),
  ] as const;
  const selected = tabs.find((tab) => tab === search.tab) ?? 'rules';
  const contents: Record<string, () => React.ReactNode> = {
    rules: () => <PolicyRules rules={policy.rules} />,
    changes: () => (
      <ChangesTab
        policy={policy}
        since={search.since ?? ''}
        onSince={(since) => void navigate({ search: { tab: 'changes', since: since || undefined } })}
      />
    ),
    preview: () => <PreviewTab policy={policy} />,
    versions: () => <VersionsTab policy={policy} />,
    history: () => <RecordHistory recordId={policy.id} />,
  };
  return (
    <>
      <PageHeader
        title={t('policies.of', { organisation: format.name(organisation), version })}
        crumbs={[
          <Link key="policies" to="/policies" className="text-link">
            {t('policies.title')}
          </Link>,
        ]}
        actions={<PolicyActions policy={policy} />}
      >
        <p className="mt-1 flex flex-wrap gap-x-3 gap-y-1">
          <Tag look={STATUS_LOOK[status]}>{t(`policyStatus.${status}`)}</Tag>
          {publishedAt && <span>{format.instant(publishedAt)}</span>}
          {publishedBy && <span>{publishedBy.displayName}</span>}
          {effectiveOn && <span>{t('policies.adoptedFrom', { on: format.date(effectiveOn) })}</span>}
        </p>
      </PageHeader>
      {findings.length > 0 && (
        <div className="mb-6">
          <Notice look="warning" title={t('policies.belowFloor')}>
            <ul className="list-disc ps-6">
              {findings.map((finding) => (
                <li key={finding}>{finding}</li>
              ))}
            </ul>
          </Notice>
        </div>
      )}
      {isDraft && policy.offered.includes('edit') && !policy.offered.includes('publish') && (
        <div className="mb-6">
          <Notice>{t('policies.anotherPublishes')}</Notice>
        </div>
      )}
      <Tabs
        label={t('policies.tabs')}
        selected={selected}
        onSelect={(tab) => void navigate({ search: { tab } })}
        tabs={tabs.map((key) => ({
          key: key as string,
          title: t(`policies.tab.${key as 'rules'}`),
          content: contents[key] ?? (() => null),
        }))}
      />
    </>
  );
}
