import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Policy } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Loaded } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { DataTable } from '../../ui/table';
import { STATUS_LOOK } from './policy-status';
import { versionsQuery } from './policy-queries';

/** Every version of the organisation's policy, the newest first. */
export function VersionsTab({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const format = useFormat();
  const versions = useQuery(versionsQuery(policy.organisation.id));
  return (
    <Loaded query={versions}>
      {({ items }) => (
        <DataTable
          caption={t('policies.tab.versions')}
          rows={items}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'version',
              title: t('policies.version'),
              heads: true,
              cell: ({ id, version }) => (
                <Link
                  to="/policies/$policyId"
                  params={{ policyId: id }}
                  search={{ tab: 'changes' }}
                  className="text-link inline-flex min-h-6 items-center"
                >
                  {t('policies.versionNumber', { version })}
                </Link>
              ),
            },
            {
              key: 'status',
              title: t('policies.status'),
              cell: ({ status }) => <Tag look={STATUS_LOOK[status]}>{t(`policyStatus.${status}`)}</Tag>,
            },
            {
              key: 'effectiveOn',
              title: t('policies.adoptedOn'),
              cell: ({ effectiveOn }) => format.date(effectiveOn),
            },
            {
              key: 'published',
              title: t('policies.publishedAt'),
              cell: ({ publishedAt }) => format.instant(publishedAt),
            },
            { key: 'by', title: t('policies.publishedBy'), cell: ({ publishedBy }) => publishedBy?.displayName ?? '—' },
          ]}
        />
      )}
    </Loaded>
  );
}
