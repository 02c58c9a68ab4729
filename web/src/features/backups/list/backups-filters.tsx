import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Tier } from '../../../api/types';
import { CheckField, SelectField } from '../../../ui/form/choice';
import { ComboField } from '../../../ui/form/combo-field';
import { Filters } from '../../../ui/form/filters';
import { profilesQuery } from '../../backup-profiles/profile-queries';
import { OrganisationField } from '../../organisations/organisation-field';
import { usePermission } from '../../session/session';

const route = getRouteApi('/shell/backups');
const TIERS: Tier[] = ['HIGH', 'MODERATE', 'LOW'];
const STATUSES = ['DRAFT', 'APPROVED'] as const;
const FINDINGS = ['any', 'gating'] as const;

/** Which requirements are listed; the choice is in the address. */
export function BackupsFilters() {
  const { t } = useTranslation();
  const may = usePermission();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, cursor: undefined, ...change }) });
  const profiles = useQuery({
    ...profilesQuery({ retired: true, limit: 200 }),
    enabled: may('backup-profiles:read'),
  }).data?.items;
  return (
    <Filters className="items-end sm:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-6">
      <SelectField
        quiet
        name="tier"
        label={t('readiness.tier')}
        empty={t('filter.all')}
        value={search.tier ?? ''}
        onChange={(tier) => choose({ tier })}
        options={TIERS.map((value) => ({ value: value as string, label: t(`domain:tier.${value}`) }))}
      />
      <SelectField
        quiet
        name="status"
        label={t('backups.status')}
        empty={t('filter.all')}
        value={search.status ?? ''}
        onChange={(status) => choose({ status })}
        options={STATUSES.map((value) => ({ value: value as string, label: t(`backupStatus.${value}`) }))}
      />
      <SelectField
        quiet
        name="findings"
        label={t('backups.lacks')}
        empty={t('filter.all')}
        value={search.findings ?? ''}
        onChange={(findings) => choose({ findings })}
        options={FINDINGS.map((value) => ({ value: value as string, label: t(`backups.findingFilter.${value}`) }))}
      />
      {may('backup-profiles:read') && (
        <ComboField
          quiet
          name="profile"
          label={t('backups.profile')}
          placeholder={t('filter.all')}
          items={profiles?.map(({ id, name, organisation }) => ({ id, label: name, hint: organisation.name }))}
          value={search.backupProfileId ?? ''}
          onChange={(backupProfileId) => choose({ backupProfileId })}
        />
      )}
      {may('organisations:read') && (
        <OrganisationField
          quiet
          name="organisation"
          label={t('readiness.organisation')}
          placeholder={t('filter.all')}
          value={search.organisationId ?? ''}
          onChange={(organisationId) => choose({ organisationId })}
        />
      )}
      <CheckField value={search.reviewDue === 'true'} onChange={(on) => choose({ reviewDue: on ? 'true' : undefined })}>
        {t('backups.reviewDue')}
      </CheckField>
      {may('backups:approve') && (
        <CheckField
          value={search.approvable === 'true'}
          onChange={(on) => choose({ approvable: on ? 'true' : undefined })}
        >
          {t('approveMany.approvable')}
        </CheckField>
      )}
    </Filters>
  );
}
