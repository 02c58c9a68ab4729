import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { EvidenceDetail } from '../../../api/types';
import { Tag } from '../../../ui/badge';
import { Notice } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { PageHeader, Section } from '../../../ui/page';
import { Flags } from '../../inlets/submissions-dialog';
import { LoadedPage } from '../../shell/loaded-page';
import { systemQuery } from '../../systems/system-queries';
import { OUTCOME_LOOK, proves } from '../outcome-look';
import { Copies } from './copies';
import { OriginFacts, ProvenFacts } from './evidence-facts';
import { RawPayload } from './raw-payload';
import { evidenceQuery } from './record-queries';
import { Corrections, Turned } from './relations';
import { RestoreTestSection } from './restore-test-section';

const route = getRouteApi('/shell/evidence/$evidenceId');

/** One proof: what it says, who or what told it, what it turned, and what was sent, as it came in. */
export function EvidencePage() {
  const { evidenceId } = route.useParams();
  const evidence = useQuery(evidenceQuery(evidenceId));
  return <LoadedPage query={evidence}>{(found) => <Page evidence={found} />}</LoadedPage>;
}

function Page({ evidence }: { evidence: EvidenceDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { systemId, kind, outcome, strength, performedAt, supersededBy, usable, restoreTestId } = evidence;
  const system = useQuery(systemQuery(systemId)).data?.value;
  const crumbs = [
    <Link key="systems" to="/systems" className="text-link">
      {t('systems.title')}
    </Link>,
    <Link key="system" to="/systems/$systemId" params={{ systemId }} search={{ tab: 'evidence' }} className="text-link">
      {system ? format.name(system) : '…'}
    </Link>,
  ];
  const title = t('record.title', { kind: t(`domain:evidenceKind.${kind}`), at: format.instant(performedAt) });
  return (
    <>
      <PageHeader title={title} crumbs={crumbs}>
        <p className="mt-1 flex flex-wrap items-center gap-3">
          <Tag look={OUTCOME_LOOK[outcome]}>{t(`domain:outcome.${outcome}`)}</Tag>
          {proves(outcome) && <Tag>{t(`domain:strength.${strength}`)}</Tag>}
          {supersededBy && <Tag>{t('evidence.superseded')}</Tag>}
        </p>
        {system && <p className="only-print mt-1">{format.name(system)}</p>}
      </PageHeader>
      <div className="mb-8 grid gap-4 empty:hidden">
        {supersededBy && <Notice look="warning" title={t('record.countsNoLonger')} />}
        {!usable && (
          <Notice look="warning" title={t(outcome === 'RUNNING' ? 'record.goesOn' : 'record.provesNothing')} />
        )}
      </div>
      <Section title={t('record.proven')}>
        <ProvenFacts evidence={evidence} />
      </Section>
      {restoreTestId && <RestoreTestSection id={restoreTestId} />}
      <Section title={t('record.flags')}>
        <Remarks evidence={evidence} />
      </Section>
      <Copies evidence={evidence} />
      <Section title={t('record.turned')}>
        <Turned evidence={evidence} />
      </Section>
      <Section title={t('record.corrections')}>
        <Corrections evidence={evidence} />
      </Section>
      <Section title={t('record.origin')}>
        <OriginFacts evidence={evidence} />
      </Section>
      <Section title={t('record.raw')}>
        <RawPayload evidence={evidence} />
      </Section>
    </>
  );
}

/** The flags of the record, and those of the message that are not its own, each as a sentence. */
function Remarks({ evidence: { flags, submission } }: { evidence: EvidenceDetail }) {
  const { t } = useTranslation();
  const ofMessage = submission?.flags.filter((flag) => !flags.includes(flag)) ?? [];
  if (flags.length === 0 && ofMessage.length === 0) return <p className="text-soft">{t('record.noFlags')}</p>;
  return (
    <>
      <Flags flags={flags} />
      {ofMessage.length > 0 && <p className="mt-2">{t('record.ofMessage')}</p>}
      <Flags flags={ofMessage} />
    </>
  );
}
