import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BackupProfile } from '../../api/types';
import { Tag } from '../../ui/badge';
import { LinkButton } from '../../ui/button';
import { ExportMenu } from '../../ui/export/export-menu';
import { EmptyState, Loaded } from '../../ui/feedback';
import { CheckField } from '../../ui/form/choice';
import { useDuration } from '../../ui/format/duration';
import { useFormat } from '../../ui/format/format';
import { PageHeader } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { type Column, DataTable } from '../../ui/table';
import { usePermission } from '../session/session';
import { profilesQuery } from './profile-queries';

const route = getRouteApi('/shell/backup-profiles');

/** Named terms of backups, and how many requirements follow each. */
export function ProfilesPage() {
  const { t } = useTranslation();
  const may = usePermission();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const profiles = useQuery(profilesQuery(search));
  const make = may('backup-profiles:write') && (
    <LinkButton to="/backup-profiles/new" look="primary" icon="plus">
      {t('backupProfiles.make')}
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title={t('backupProfiles.title')}
        actions={
          <>
            {make}
            <ExportMenu path="/backup-profiles" filters={search} />
          </>
        }
      />
      <p className="mb-4 max-w-prose">{t('backupProfiles.text')}</p>
      <div className="no-print mb-4">
        <CheckField
          value={search.retired === 'true'}
          onChange={(on) => void navigate({ search: on ? { retired: 'true' } : {} })}
        >
          {t('backupProfiles.withRetired')}
        </CheckField>
      </div>
      <Loaded query={profiles}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState title={t('backupProfiles.none')} action={make}>
              {t('backupProfiles.noneText')}
            </EmptyState>
          ) : (
            <>
              <ProfilesTable profiles={items} />
              <Pager cursor={search.cursor} nextCursor={nextCursor} shown={items.length} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function ProfilesTable({ profiles }: { profiles: BackupProfile[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const duration = useDuration();
  const columns: Column<BackupProfile>[] = [
    {
      key: 'name',
      title: t('backupProfiles.name'),
      heads: true,
      cell: (profile) => (
        <>
          <Link
            to="/backup-profiles/$profileId"
            params={{ profileId: profile.id }}
            className="text-link inline-flex min-h-6 items-center font-700"
          >
            {profile.name}
          </Link>{' '}
          {profile.retiredOn && <Tag>{t('backupProfiles.retired')}</Tag>}
          <span className="block text-[0.8125rem] text-soft">{format.name(profile.organisation)}</span>
        </>
      ),
    },
    { key: 'interval', title: t('backupFields.interval'), cell: ({ interval }) => duration(interval) },
    { key: 'rpo', title: t('backupProfiles.rpo'), cell: ({ rpo }) => duration(rpo) },
    { key: 'retention', title: t('backupFields.retention'), cell: ({ retention }) => duration(retention) },
    {
      key: 'copies',
      title: t('backupFields.copies'),
      figure: true,
      cell: ({ copies }) => format.number(copies.length),
    },
    {
      key: 'followers',
      title: t('backupProfiles.followers'),
      figure: true,
      cell: ({ id, followers }) => (
        <Link
          to="/backups"
          search={{ backupProfileId: id }}
          className="text-link inline-flex min-h-6 min-w-6 items-center justify-end"
        >
          {format.number(followers)}
        </Link>
      ),
    },
  ];
  return <DataTable caption={t('backupProfiles.title')} columns={columns} rows={profiles} rowKey={({ id }) => id} />;
}
