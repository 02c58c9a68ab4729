import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DrillType, EvidenceDetail } from '../../../api/types';
import { useBytes } from '../../../ui/format/bytes';
import { useFormat } from '../../../ui/format/format';
import { Facts } from '../../../ui/page';
import { useMinutes } from '../../drills/minutes';
import { proves } from '../outcome-look';
import { CheckHeld } from '../../drills/running/run-check';
import { runOf } from './run-facts';

type Fact = [string, ReactNode];

/** The check of a drill, with whether it held where somebody was asked. */
const checkOf = (drill: EvidenceDetail['drill']) =>
  (drill as { check?: { expected: string; observed: string; held?: boolean | null } | null } | null)?.check;

/** Only what is known: a line that says nothing is left out. */
const known = (facts: [string, ReactNode][]): Fact[] =>
  facts.filter(([, value]) => value !== null && value !== undefined && value !== '');

/** What it says was done, when, and how far it went. */
export function ProvenFacts({ evidence }: { evidence: EvidenceDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const minutes = useMinutes();
  const bytes = useBytes();
  const run = runOf(evidence);
  const { systemId, backupRequirementId, dataset, drill, measuredMinutes, sizeBytes, storedBytes } = evidence;
  const check = checkOf(drill);
  const instant = (at: string | null | undefined) => at && format.instant(at);
  const claimed = run.claimedPointAt ? Date.parse(run.claimedPointAt) : null;
  const claimsElse = claimed !== null && claimed !== Date.parse(evidence.recoveryPointAt ?? '');
  return (
    <Facts
      facts={known(
        [
          [t('evidence.kind'), t(`domain:evidenceKind.${evidence.kind}`)],
          [t('evidence.outcome'), t(`domain:outcome.${evidence.outcome}`)],
          [t('evidence.strength'), proves(evidence.outcome) && t(`domain:strength.${evidence.strength}`)],
          [
            t('record.dataset'),
            backupRequirementId && (
              <Link
                to="/systems/$systemId/backups/$requirementId"
                params={{ systemId, requirementId: backupRequirementId }}
                className="text-link"
              >
                {dataset}
              </Link>
            ),
          ],
          [t('evidenceFields.drillType'), drill && t(`domain:drillType.${(drill as { type: DrillType }).type}`)],
          [t('record.countsAs'), evidence.creditedDrillType && t(`domain:drillType.${evidence.creditedDrillType}`)],
          [t('evidenceFields.expected'), check?.expected],
          [t('evidenceFields.observed'), check?.observed],
          [t('runs.checkHeld'), typeof check?.held === 'boolean' && <CheckHeld key="held" held={check.held} />],
          [t('record.sharedDrill'), evidence.shared && <SharedFrom of={evidence.sharedFrom} />],
          [t('evidenceFields.startedAt'), instant(evidence.startedAt)],
          [t('evidenceFields.finishedAt'), instant(evidence.finishedAt)],
          [t('evidence.performedAt'), instant(evidence.performedAt)],
          [t('evidenceFields.recoveryPointAt'), instant(evidence.recoveryPointAt) ?? t('record.notSaid')],
          [t('record.claimedPoint'), claimsElse && instant(run.claimedPointAt)],
          [t('record.measured'), measuredMinutes !== null && minutes(measuredMinutes)],
          [t('record.size'), sizeBytes !== null && bytes(sizeBytes)],
          [t('record.stored'), storedBytes !== null && bytes(storedBytes)],
          [t('record.coverage'), typeof run.coverage === 'number' && format.percent(run.coverage * 100)],
          [t('record.errors'), typeof run.errorCount === 'number' && format.number(run.errorCount)],
          [t('evidence.note'), evidence.note && <span className="whitespace-pre-wrap">{evidence.note}</span>],
          [t('evidenceFields.link'), evidence.link && !isItself(evidence) && <Outside link={evidence.link} />],
        ].map(([name, value]): Fact => [name as string, value === false ? null : (value as ReactNode)]),
      )}
    />
  );
}

/** The drill was of another system: its record, for whoever may see that one. */
function SharedFrom({ of }: { of: EvidenceDetail['sharedFrom'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!of) return t('record.sharedDrillUnseen');
  return (
    <Link to="/evidence/$evidenceId" params={{ evidenceId: of.evidenceId }} className="text-link">
      {format.name(of.system)}
    </Link>
  );
}

const isItself = ({ link, restoreTestId }: EvidenceDetail): boolean => link === `/restore-tests/${restoreTestId ?? ''}`;

function Outside({ link }: { link: string }) {
  return (
    <a href={link} rel="noreferrer" target="_blank" className="text-link break-all">
      {link}
    </a>
  );
}

/** Who or what told of it, of which run, and the digest by which it is recognised. */
export function OriginFacts({ evidence }: { evidence: EvidenceDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const run = runOf(evidence);
  const { systemId, backupRequirementId, inlet, tool, runId, performer, recordedBy } = evidence;
  return (
    <Facts
      facts={known([
        [t('record.source'), t(`record.sourceOf.${evidence.source}`)],
        [
          t('record.inlet'),
          inlet &&
            (backupRequirementId ? (
              <Link
                to="/systems/$systemId/backups/$requirementId/runs"
                params={{ systemId, requirementId: backupRequirementId }}
                className="text-link"
              >
                {inlet.name}
              </Link>
            ) : (
              inlet.name
            )),
        ],
        [t('evidence.performer'), performer?.displayName],
        [t('record.recordedBy'), recordedBy?.displayName],
        [t('record.recordedAt'), format.instant(evidence.recordedAt)],
        [t('evidenceFields.tool'), [tool, run.toolVersion].filter(Boolean).join(' ')],
        [t('record.runKey'), runId && <code className="break-all">{runId}</code>],
        [t('record.host'), run.host],
        [t('record.toldDataset'), run.dataset],
        [t('record.location'), run.location && <span className="break-all">{run.location}</span>],
        [t('record.message'), run.message && <span className="whitespace-pre-wrap">{run.message}</span>],
        [
          t('record.digest'),
          <code key="digest" className="text-[0.875rem] break-all">
            {evidence.sha256}
          </code>,
        ],
      ])}
    />
  );
}
