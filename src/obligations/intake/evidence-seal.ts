import { createHash } from 'node:crypto';
import { canonicalJson } from '../../platform/database/canonical-json';

/** What a proof of a person may leave unsaid; it is sealed as null. */
const UNSAID = {
  ...{ backupRequirementId: null, subject: null, ruleKey: null, recoveryPointAt: null, measuredMinutes: null },
  ...{ drill: null, copyFacts: null, tool: null, runId: null, note: null, link: null },
};
const SAID = ['systemId', 'kind', 'strength', 'performedAt', 'outcome', 'performerId', 'source'] as const;
/** Sealed only when they were told, and not filled in. */
const TOLD = ['recordedById', 'recordedAt'] as const;

const OF_A_RUN = [
  ...(['systemId', 'backupRequirementId', 'kind', 'outcome', 'strength', 'performedAt', 'recoveryPointAt'] as const),
  ...(['measuredMinutes', 'tool', 'runId', 'usable', 'inletId', 'startedAt', 'finishedAt', 'sizeBytes'] as const),
  ...(['storedBytes', 'sizeBasis', 'flags', 'run'] as const),
];

type Facts = Readonly<Record<string, unknown>>;

/** SHA-256 of a proof of a person as it was sent: what was not said is null, the outcome is that which was claimed. */
export function sealOfProof(proof: object): string {
  const facts = proof as Facts;
  const told = TOLD.filter((name) => facts[name] !== undefined);
  const unsaid = Object.keys(UNSAID).map((name) => [name, facts[name] ?? null]);
  return sealed(Object.fromEntries([...unsaid, ...[...SAID, ...told].map((name) => [name, facts[name]])]));
}

/** SHA-256 of what a tool told of one run, without the names that we give it. */
export function sealOfRun(run: object): string {
  const facts = run as Facts;
  return sealed(Object.fromEntries(OF_A_RUN.map((name) => [name, facts[name]])));
}

/**
 * Whether the digest of a record is that of what the record says. A drill or restore test that was slower than its target is kept as a failure,
 * so that it may have been claimed as more; who recorded it and when may have been filled in.
 * @param record the columns of evidence, instants as ISO texts or dates.
 */
export function isSealed(record: Facts & { sha256: string }): boolean {
  if (record.source === 'INLET') return sealOfRun(record) === record.sha256;
  const slow = record.outcome === 'FAILED' && (record.kind === 'DRILL' || record.kind === 'RESTORE_TEST');
  const claims = slow ? ['FAILED', 'PARTIAL', 'PASSED'] : [record.outcome];
  const filledIn = [{}, { recordedAt: undefined }, { recordedById: undefined }, unfilled];
  return claims.some((outcome) =>
    filledIn.some((without) => sealOfProof({ ...record, outcome, ...without }) === record.sha256),
  );
}

const unfilled = { recordedAt: undefined, recordedById: undefined };

function sealed(facts: object): string {
  return createHash('sha256').update(canonicalJson(facts)).digest('hex');
}
