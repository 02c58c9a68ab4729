import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BackupRequirement, System } from '../../api/types';
import { Loaded } from '../../ui/feedback';
import { minutesOf } from '../../ui/format/duration';
import { useFormat } from '../../ui/format/format';
import { PageHeader } from '../../ui/page';
import { backupsQuery } from '../backups/backup-queries';
import { systemQuery } from '../systems/system-queries';
import { RecordedTest } from './recorded-test';
import { EMPTY_TEST } from './restore-test-draft';
import { type RecordedWithFiles, RestoreTestForm } from './restore-test-form';

const route = getRouteApi('/shell/systems/$systemId/restore-tests/new');

/** A restore that somebody has tried is recorded by hand; afterwards it says what that turned. */
export function NewRestoreTestPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { systemId } = route.useParams();
  const system = useQuery(systemQuery(systemId));
  const backups = useQuery(backupsQuery(systemId));
  const found = system.data?.value;
  const crumbs = [
    <Link key="systems" to="/systems" className="text-link">
      {t('systems.title')}
    </Link>,
    <Link key="system" to="/systems/$systemId" params={{ systemId }} search={{ tab: 'evidence' }} className="text-link">
      {found ? format.name(found) : '…'}
    </Link>,
  ];
  return (
    <>
      <PageHeader title={t('restoreTest.record')} crumbs={crumbs} />
      <Loaded query={system}>
        {({ value }) => <Loaded query={backups}>{({ items }) => <Recording system={value} backups={items} />}</Loaded>}
      </Loaded>
    </>
  );
}

function Recording({ system, backups }: { system: System; backups: BackupRequirement[] }) {
  const { requirement } = route.useSearch();
  const [recorded, setRecorded] = useState<RecordedWithFiles | null>(null);
  const inForce = backups.filter(({ withdrawnOn }) => withdrawnOn === null);
  const about = inForce.find(({ id }) => id === requirement);
  const initial = { ...EMPTY_TEST, backupRequirementId: about?.id ?? '', restored: about?.dataset ?? '' };
  if (recorded) return <RecordedTest recorded={recorded} onAnother={() => setRecorded(null)} />;
  return (
    <RestoreTestForm
      systemId={system.id}
      rtoMinutes={system.rto ? minutesOf(system.rto) : null}
      backups={inForce}
      initial={initial}
      onRecorded={setRecorded}
    />
  );
}
