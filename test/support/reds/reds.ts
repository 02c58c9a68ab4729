import { countCopies } from '../../../src/core/evidence/copy-facts';
import type { EvidenceKind } from '../../../src/core/evidence/evidence';
import { DEFAULT_POLICY } from '../../../src/core/policy/default-policy';
import type { Rule } from '../../../src/core/policy/rule';
import type { NewEvidence } from '../../../src/obligations/evidence-intake';
import { newId } from '../../../src/platform/database/id';
import { ProcedureVersion } from '../../../src/registry/procedures/procedure-version.entity';
import { Procedure } from '../../../src/registry/procedures/procedure.entity';
import type { NewSystem } from '../../../src/registry/systems/system-row';
import type { DemoApp } from '../app';
import { centreOf } from '../centre/of-app';
import { declare, edit, proof, register, type Writing } from '../centre/facts';
import { improve } from '../centre/improvements';

/** Everything that a condition of the policy can ask for. */
const WITH_EVERY_CONDITION: Partial<NewSystem> = {
  ...{ tier: 'HIGH', outsourced: true, publicFacing: true, hosting: 'CLOUD', confidentiality: 3 },
  ...{ rtoMinutes: 240, rpoMinutes: 60, mtdMinutes: 720 },
};
const LONG_DAYS = 800;
/** Older than the objective, and not yet critically so. */
const LATE_MINUTES = 90;
const ONE_COPY = { offsite: false, offline: false, immutable: false, encrypted: false };

/** The rules of the pack that a system of tier HIGH owes something under. */
export const OWED_RULES = DEFAULT_POLICY.rules.filter(
  ({ kind, tiers }) => kind !== 'TARGET' && tiers.HIGH && !tiers.HIGH.advisedOnly,
);

/**
 * Systems of the owner, and of a contributor as deputy, in which each rule is red for each reason that it can be red for; nothing else is owed by
 * anybody any more.
 */
export async function makeReds(app: DemoApp, contributorEmail: string): Promise<void> {
  const centre = await writingIn(app);
  const deputyId = await contributor(app, contributorEmail);
  const all = await centre.dataSource.query<{ id: string }[]>('SELECT id FROM system');
  for (const { id } of all) await edit(centre, id, { lifecycle: 'RETIRED' });

  const system = (name: string): Promise<string> => register(centre, { ...WITH_EVERY_CONDITION, name, deputyId });
  await system('何も行っていない情報システム');
  const drafted = await system('要件が下書きの情報システム');
  await declare(centre, drafted);
  const proven = await inForce(centre, await system('期限が切れた情報システム'));
  await proveAll(centre, proven, 'PASSED');
  const changed = await inForce(centre, await system('変更があった情報システム'));
  await proveAll(centre, changed, 'PASSED');
  const failing = await inForce(centre, await system('失敗した情報システム'));
  await improve(centre, failing.systemId, { title: '連絡先を直す' });

  app.clock.advance({ days: 1 });
  await edit(centre, changed.systemId, { rtoMinutes: 200 });
  app.clock.advance({ days: LONG_DAYS });
  await proveAll(centre, failing, 'FAILED');
  const recoveryPointAt = new Date(app.clock.now().getTime() - LATE_MINUTES * 60_000);
  const backup = { kind: 'BACKUP', backupRequirementId: changed.requirementId, recoveryPointAt } as const;
  await take(centre, [proof(centre, changed.systemId, backup)]);
  await centre.ledger.refreshAll(centre.dataSource.manager);
}

interface InForce {
  systemId: string;
  requirementId: string;
}

async function writingIn(app: DemoApp): Promise<Writing> {
  const idOf = async (table: string, where: string, value: string): Promise<string> => {
    const [row] = await app.database.query<{ id: string }>(`SELECT id FROM ${table} WHERE ${where} = $1`, [value]);
    if (!row) throw new Error(`the demo has no ${value}`);
    return row.id;
  };
  const [agency, owner, manager, ciso] = await Promise.all([
    idOf('organisation', 'code', 'MIHON-DIG'),
    ...['owner', 'manager', 'ciso'].map((name) => idOf('app_user', 'email', `${name}@demo.example`)),
  ]);
  const world = { organisations: { agency }, people: { owner, manager, ciso } };
  return centreOf({ ...app, world } as never);
}

async function contributor(app: DemoApp, email: string): Promise<string> {
  const admin = await app.as('admin');
  const [system] = (await admin.get('/systems?q=KYUYO')).body.items;
  const role = { role: 'CONTRIBUTOR', organisationId: system.organisation.id };
  return (await admin.post('/users', { email, displayName: '実施 歩', roles: [role] })).body.id;
}

/** A system with a procedure and a requirement that people have approved; their proofs come from `proveAll`. */
async function inForce(centre: Writing, systemId: string): Promise<InForce> {
  const { dataSource, clock, world } = centre;
  const approved = { status: 'APPROVED', approvedById: world.people.manager, approvedAt: clock.now() } as const;
  const requirementId = await declare(centre, systemId, { ...approved, copies: [] });
  const procedureId = newId();
  await dataSource.manager.insert(Procedure, { id: procedureId, systemId, title: '復旧手順' });
  const version = { id: newId(), procedureId, version: 1, authorId: world.people.owner };
  await dataSource.manager.insert(ProcedureVersion, { ...version, ...approved, submittedAt: clock.now() });
  return { systemId, requirementId };
}

/** Gives what every rule asks for once, with this outcome. An approval has none but a pass. */
async function proveAll(centre: Writing, of: InForce, outcome: 'PASSED' | 'FAILED'): Promise<void> {
  const proofs = OWED_RULES.flatMap((rule) => proofsOf(rule).map((kind) => proofOf(centre, of, rule, kind, outcome)));
  await take(centre, proofs);
}

const proofsOf = ({ metBy }: Rule): EvidenceKind[] => (metBy?.kinds[0] ? [metBy.kinds[0]] : []);

function proofOf(
  centre: Writing,
  { systemId, requirementId }: InForce,
  { key, scope, metBy }: Rule,
  kind: EvidenceKind,
  outcome: 'PASSED' | 'FAILED',
): NewEvidence {
  const now = centre.clock.now();
  const drillType = metBy?.drillTypes?.[0];
  const check = { expected: '前日の受付番号', observed: '参照できた' };
  const drill = { startedAt: now, finishedAt: now, attestedById: centre.world.people.manager, check };
  return proof(centre, systemId, {
    kind,
    outcome: kind === 'APPROVAL' ? 'PASSED' : outcome,
    ...(metBy?.subject && { subject: metBy.subject }),
    ...(scope === 'BACKUP_REQUIREMENT' && { backupRequirementId: requirementId }),
    ...(kind === 'ATTESTATION' && { ruleKey: key }),
    ...(kind === 'APPROVAL' && { copyFacts: countCopies([ONE_COPY]) }),
    ...(kind === 'BACKUP' && outcome === 'PASSED' && { recoveryPointAt: now }),
    ...(drillType && { drill: { type: drillType, ...drill }, measuredMinutes: 30 }),
  });
}

const take = async (centre: Writing, proofs: readonly NewEvidence[]): Promise<void> => {
  await centre.dataSource.transaction((m) => centre.intake.take(m, proofs));
};
