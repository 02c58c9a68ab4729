import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { BackupProfile, Tier } from '../../api/types';
import { Tag, TierBadge } from '../../ui/badge';
import { Button, LinkButton } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import { EmptyState, Notice, ProblemNotice } from '../../ui/feedback';
import { CheckField } from '../../ui/form/choice';
import { useFormat } from '../../ui/format/format';
import { PageHeader, Section } from '../../ui/page';
import { announce } from '../../ui/toast';
import { HistoryButton } from '../audit/history';
import { BackupFacts } from '../backups/backup-facts';
import { BackupFindings } from '../backups/backup-findings';
import { usePermission } from '../session/session';
import { LoadedPage } from '../shell/loaded-page';
import { refreshSystem } from '../systems/system-queries';
import { AttachDialog } from './attach-dialog';
import { profileQuery } from './profile-queries';

const route = getRouteApi('/shell/backup-profiles/$profileId');
const TIERS: Tier[] = ['HIGH', 'MODERATE', 'LOW'];

export function ProfilePage() {
  const { profileId } = route.useParams();
  const profile = useQuery(profileQuery(profileId));
  return <LoadedPage query={profile}>{({ value }) => <Page profile={value} />}</LoadedPage>;
}

/** The terms of a profile, what each tier says of them, and who follows it. */
function Page({ profile }: { profile: BackupProfile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = usePermission();
  const [open, setOpen] = useState<'attach' | 'retire' | null>(null);
  const { id, name, retiredOn, editable, followers, detached, waiting, findings } = profile;
  const inUse = retiredOn === null;
  const attach = inUse && may('backups:write') && (
    <Button look="primary" icon="plus" onPress={() => setOpen('attach')}>
      {t('backupProfiles.attach')}
    </Button>
  );
  const crumbs = [
    <Link key="profiles" to="/backup-profiles" className="text-link">
      {t('backupProfiles.title')}
    </Link>,
  ];
  const actions = (
    <>
      {attach}
      {inUse && editable && (
        <>
          <LinkButton to="/backup-profiles/$profileId/edit" params={{ profileId: id }}>
            {t('backupProfiles.change')}
          </LinkButton>
          <Button look="danger" onPress={() => setOpen('retire')}>
            {t('backupProfiles.retire')}
          </Button>
        </>
      )}
      <HistoryButton recordId={id} name={name} />
    </>
  );
  return (
    <>
      <PageHeader title={name} crumbs={crumbs} actions={actions}>
        <p className="mt-1 flex flex-wrap items-center gap-3">
          {format.name(profile.organisation)}
          {retiredOn && <Tag>{t('backupProfiles.retiredOn', { date: format.date(retiredOn) })}</Tag>}
        </p>
      </PageHeader>
      <Section title={t('backupProfiles.terms')}>
        <BackupFacts requirement={profile} />
      </Section>
      <Section title={t('backupProfiles.byTier')}>
        <p className="mb-3 max-w-prose text-soft">{t('backupProfiles.byTierText')}</p>
        <ul className="grid gap-3">
          {TIERS.map((tier) => (
            <li key={tier} className="grid gap-2">
              <p>
                <TierBadge tier={tier} />
              </p>
              {findings[tier].length === 0 ? (
                <Notice look="success" title={t('backups.checkPassed')} />
              ) : (
                <BackupFindings findings={findings[tier]} />
              )}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('backupProfiles.use')}>
        {followers + detached === 0 ? (
          <EmptyState title={t('backupProfiles.nobodyFollows')} action={attach}>
            {t('backupProfiles.nobodyFollowsText')}
          </EmptyState>
        ) : (
          <div className="flex flex-wrap items-center gap-4">
            <p>
              {t('backupProfiles.usedBy', { followers: format.number(followers), detached: format.number(detached) })}
            </p>
            <LinkButton to="/backups" search={{ backupProfileId: id }}>
              {t('backupProfiles.showUse')}
            </LinkButton>
            {waiting > 0 && (
              <LinkButton to="/backups" search={{ backupProfileId: id, status: 'DRAFT' }}>
                {t('backupProfiles.showWaiting', { count: waiting })}
              </LinkButton>
            )}
          </div>
        )}
      </Section>
      {open === 'attach' && <AttachDialog profile={profile} onClose={() => setOpen(null)} />}
      {open === 'retire' && <RetireDialog profile={profile} onClose={() => setOpen(null)} />}
    </>
  );
}

function RetireDialog({ profile, onClose }: { profile: BackupProfile; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [detach, setDetach] = useState(false);
  const retire = useMutation({
    mutationFn: () => api.post(`/backup-profiles/${profile.id}/retire`, { detach }, `"${profile.version}"`),
    onSuccess: () => {
      announce(t('backupProfiles.retiredNow'));
      void refreshSystem(client);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t('backupProfiles.retireTitle', { name: profile.name })}
      confirm={t('backupProfiles.retire')}
      pending={retire.isPending}
      onConfirm={() => retire.mutate()}
      onCancel={onClose}
    >
      <p>{t('backupProfiles.retireText')}</p>
      {profile.followers > 0 && (
        <CheckField value={detach} onChange={setDetach}>
          {t('backupProfiles.detachAll', { count: profile.followers })}
        </CheckField>
      )}
      {retire.error && <ProblemNotice error={retire.error} />}
    </ConfirmDialog>
  );
}
