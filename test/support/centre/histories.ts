import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { DRILL_TYPES, EVIDENCE_KINDS, OUTCOMES, SUBJECTS } from '../../../src/core/evidence/evidence';
import { STRENGTHS } from '../../../src/core/evidence/evidence-strength';
import { addDays } from '../../../src/core/time/civil-date';
import { TIERS } from '../../../src/core/importance/tier';
import { EvidenceIntake, type NewEvidence } from '../../../src/obligations/evidence-intake';
import { TOLD_BY_TOOLS } from '../../../src/obligations/intake/run-intake';
import { ObligationLedger, type StateChange } from '../../../src/obligations/obligation-ledger';
import { HOSTINGS, LIFECYCLES } from '../../../src/registry/systems/system.entity';
import type { Centre } from './centre';
import { declare, edit, prove, register, withdraw } from './facts';
import { cancelItem, improve } from './improvements';

/** What has come about so far in a history. */
export interface Past {
  systems: string[];
  /** Requirements that are not withdrawn, with the system of each. */
  requirements: { id: string; systemId: string }[];
  /** Proofs that are not superseded, with the system of each. */
  proofs: { id: string; systemId: string }[];
}

/** One event of a history; it passes when there is nothing that it could happen to. */
export type Event = (centre: Centre, past: Past) => Promise<void>;

const RULE_KEYS = ['administrator-mfa', 'contractor-measures'];

/** Picks out of a list that is known only when the event happens. */
const picked = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(list.length, 1)];

const registration = fc
  .record({
    tier: fc.constantFrom(...TIERS),
    lifecycle: fc.constantFrom('OPERATING' as const, 'OPERATING' as const, 'PLANNED' as const),
    hosting: fc.constantFrom(...HOSTINGS),
    confidentiality: fc.integer({ min: 1, max: 3 }),
    outsourced: fc.boolean(),
    rtoMinutes: fc.constantFrom(null, 60, 600),
    rpoMinutes: fc.constantFrom(null, 30, 1440),
  })
  .map((fields): Event => async (centre, past) => {
    past.systems.push(await register(centre, fields));
  });

const change = fc
  .record({
    pick: fc.nat(),
    fields: fc.oneof(
      fc.record({ tier: fc.constantFrom(...TIERS) }),
      fc.record({ lifecycle: fc.constantFrom(...LIFECYCLES) }),
      fc.record({ publicFacing: fc.boolean(), outsourced: fc.boolean() }),
      fc.record({ rpoMinutes: fc.constantFrom(30, 1440, 10_000) }),
    ),
  })
  .map(({ pick, fields }): Event => async (centre, { systems }) => {
    const id = picked(systems, pick);
    if (id) await edit(centre, id, fields);
  });

const declaration = fc
  .record({ pick: fc.nat(), rpoMinutes: fc.constantFrom(60, 1440, 10_080) })
  .map(({ pick, rpoMinutes }): Event => async (centre, { systems, requirements }) => {
    const systemId = picked(systems, pick);
    if (systemId) requirements.push({ id: await declare(centre, systemId, { rpoMinutes }), systemId });
  });

const withdrawal = fc.nat().map((pick): Event => async (centre, { requirements }) => {
  const [requirement] = requirements.splice(pick % Math.max(requirements.length, 1), 1);
  if (requirement) await withdraw(centre, requirement.id);
});

const copies = fc.record({
  ...{ copies: fc.nat(4), offsite: fc.nat(2), offlineOrImmutable: fc.nat(2), encrypted: fc.nat(4) },
});

const said = fc
  .record({
    kind: fc.constantFrom(...EVIDENCE_KINDS),
    outcome: fc.constantFrom(...OUTCOMES),
    strength: fc.constantFrom(...STRENGTHS, 'VALIDATED' as const, 'VALIDATED' as const),
    agoMinutes: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(2_000), fc.nat(400_000)),
    pointAgoMinutes: fc.option(fc.nat(3_000)),
    measuredMinutes: fc.option(fc.nat(900)),
    subject: fc.constantFrom(...SUBJECTS),
    ruleKey: fc.constantFrom(...RULE_KEYS),
    drillType: fc.constantFrom(...DRILL_TYPES),
    checked: fc.boolean(),
    attested: fc.boolean(),
    copyFacts: copies,
    ofRequirement: fc.option(fc.nat(), { freq: 4 }),
  })
  .map((draw) => (centre: Centre, past: Past, systemId: string): Pick<NewEvidence, 'kind'> & Partial<NewEvidence> => {
    const performedAt = new Date(centre.clock.now().getTime() - draw.agoMinutes * 60_000);
    const about = past.requirements.filter((requirement) => requirement.systemId === systemId);
    return {
      ...{ kind: draw.kind, outcome: draw.outcome, strength: draw.strength, performedAt },
      measuredMinutes: draw.measuredMinutes,
      backupRequirementId: draw.ofRequirement === null ? null : (picked(about, draw.ofRequirement)?.id ?? null),
      subject: ['REVIEW', 'APPROVAL'].includes(draw.kind) ? draw.subject : null,
      ruleKey: draw.kind === 'ATTESTATION' ? draw.ruleKey : null,
      copyFacts: draw.kind === 'APPROVAL' ? draw.copyFacts : null,
      recoveryPointAt:
        draw.kind === 'BACKUP' && draw.pointAgoMinutes !== null
          ? new Date(performedAt.getTime() - draw.pointAgoMinutes * 60_000)
          : null,
      drill:
        draw.kind === 'DRILL'
          ? {
              ...{ type: draw.drillType, startedAt: performedAt, finishedAt: performedAt },
              attestedById: draw.attested ? centre.world.people.manager : null,
              check: draw.checked ? { expected: '1,024 rows', observed: '1,024 rows' } : null,
            }
          : null,
    };
  });

/** Judges as after the report of a tool: only what it is about. */
export class LedgerOfReports extends ObligationLedger {
  override refresh(m: EntityManager, systemIds: readonly string[]): Promise<StateChange[]> {
    return super.refresh(m, systemIds, { evidence: () => TOLD_BY_TOOLS });
  }
}

/** The same told again and again, as nightly jobs do: of the same point, when it tells of one. By a tool, where one may tell it. */
const evidence = fc
  .record({
    ...{ pick: fc.nat(), say: said, times: fc.integer({ min: 1, max: 4 }), gapMinutes: fc.nat(2_000) },
    byTool: fc.boolean(),
  })
  .map(({ pick, say, times, gapMinutes, byTool }): Event => async (told, past) => {
    const systemId = picked(past.systems, pick);
    if (!systemId) return;
    const first = say(told, past, systemId);
    const reported = byTool && TOLD_BY_TOOLS.some((kind) => kind === first.kind);
    const reports = new EvidenceIntake(new LedgerOfReports(told.clock, told.config), told.clock);
    const centre = reported ? { ...told, intake: reports } : told;
    for (let time = 0; time < times; time += 1) {
      const proof = { ...say(centre, past, systemId), recoveryPointAt: first.recoveryPointAt };
      past.proofs.push({ id: (await prove(centre, systemId, proof)).evidenceId, systemId });
      centre.clock.advance({ minutes: gapMinutes });
    }
  });

const correction = fc.record({ pick: fc.nat(), say: said }).map(({ pick, say }): Event => async (centre, past) => {
  const [wrong] = past.proofs.splice(pick % Math.max(past.proofs.length, 1), 1);
  if (!wrong) return;
  const { systemId, id: supersedes } = wrong;
  const { evidenceId } = await prove(centre, systemId, say(centre, past, systemId), { supersedes });
  past.proofs.push({ id: evidenceId, systemId });
});

const passing = fc
  .oneof(fc.nat(180), fc.nat(14 * 1_440), fc.nat(120 * 1_440))
  .map((minutes): Event => async (centre) => {
    centre.clock.advance({ minutes });
    await centre.tick.run();
  });

const improvement = fc
  .record({ pick: fc.option(fc.nat(), { freq: 3 }), inDays: fc.nat(120), ends: fc.boolean() })
  .map(({ pick, inDays, ends }): Event => async (centre, { systems }) => {
    const systemId = pick === null ? null : (picked(systems, pick) ?? null);
    const id = await improve(centre, systemId, { dueOn: addDays('2026-11-23', inDays) });
    if (ends) await cancelItem(centre, id);
  });

/** Some months in the life of a few systems: everything that the ledger is told of, in any order. */
export const histories: fc.Arbitrary<Event[]> = fc
  .tuple(
    fc.array(registration, { minLength: 1, maxLength: 2 }),
    fc.array(
      fc.oneof(
        { weight: 1, arbitrary: registration },
        { weight: 2, arbitrary: change },
        { weight: 2, arbitrary: declaration },
        { weight: 1, arbitrary: withdrawal },
        { weight: 10, arbitrary: evidence },
        { weight: 2, arbitrary: correction },
        { weight: 2, arbitrary: improvement },
        { weight: 5, arbitrary: passing },
      ),
      { minLength: 10, maxLength: 30 },
    ),
  )
  .map(([first, rest]) => [...first, ...rest]);
