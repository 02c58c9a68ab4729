import fc from 'fast-check';
import type { EvidenceFacts } from '../../src/core/evidence/evidence';
import { EvidenceIntake } from '../../src/obligations/evidence-intake';
import { assessSystem } from '../../src/obligations/ledger/assess-system';
import { loadFacts, loadSystems, PolicyCache } from '../../src/obligations/ledger/obligation-facts';
import { openCentre, type Centre } from '../support/centre/centre';
import { declare, prove, register } from '../support/centre/facts';
import { histories, LedgerOfReports, type Past } from '../support/centre/histories';
import { derivedRows, differences, drift, withoutIds } from '../support/centre/rows';

describe('obligations derived anew', () => {
  let centre: Centre;

  beforeAll(async () => {
    centre = await openCentre('obligation rebuild');
  });

  afterAll(() => centre.stop());

  const rebuild = (): Promise<number> => centre.ledger.refreshAll(centre.dataSource.manager);

  const forget = async (): Promise<void> => {
    await centre.dataSource.query('DELETE FROM obligation');
    await centre.dataSource.query('DELETE FROM system_readiness');
  };

  /** What the rules say of a system when they are given every live record there is, and not only those that the ledger chose to load. */
  const judgedByEverything = async (systemId: string): Promise<object[]> => {
    const { dataSource, clock, config } = centre;
    const asOf = clock.now();
    const systems = await loadSystems(dataSource.manager, [systemId], 'Asia/Tokyo');
    const [facts] = await loadFacts(dataSource.manager, systems, asOf);
    if (!facts) throw new Error('no such system');
    const policies = await new PolicyCache().load(dataSource.manager, [facts.policyId as string]);
    const evidence = await dataSource.query<EvidenceFacts[]>(
      `SELECT id, kind, subject, rule_key AS "ruleKey", backup_requirement_id AS "backupRequirementId", outcome, strength,
         performed_at AS "performedAt", recovery_point_at AS "recoveryPointAt", credited_drill_type AS "creditedDrillType",
         copy_facts AS "copyFacts" FROM evidence WHERE system_id = $1 AND superseded_by_id IS NULL ORDER BY id DESC`,
      [systemId],
    );
    const inForce = policies.get(facts.policyId as string) ?? null;
    const moment = { asOf, timeZone: config.TZ_DEFAULT };
    const { obligations } = assessSystem({ ...facts, evidence }, inForce, moment);
    return obligations.map(({ id, state, since, dueAt, evidenceId, attentionAt, reason }) => ({
      ...{ id, state, since, dueAt, evidenceId, attentionAt, reason: reason.code },
    }));
  };

  const storedOf = (systemId: string): Promise<object[]> =>
    centre.dataSource.query(
      `SELECT id, state, since, due_at AS "dueAt", evidence_id AS "evidenceId", attention_at AS "attentionAt",
         reason->>'code' AS reason FROM obligation WHERE system_id = $1`,
      [systemId],
    );

  const byId = (rows: object[]): object[] => [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

  it('are the rows that the writers left, whatever happened, and so they are out of nothing but the facts', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (events) => {
        const past: Past = { systems: [], requirements: [], proofs: [] };
        for (const happen of events) await happen(centre, past);
        await centre.tick.run();
        for (const id of past.systems) expect(byId(await storedOf(id))).toEqual(byId(await judgedByEverything(id)));

        const before = await derivedRows(centre.dataSource);
        await rebuild();
        expect(differences(before, await derivedRows(centre.dataSource))).toEqual([]);
        expect(await drift(centre.dataSource)).toEqual({ counts: [], verdicts: [] });

        await forget();
        await rebuild();
        expect(differences(withoutIds(before), withoutIds(await derivedRows(centre.dataSource)))).toEqual([]);
        expect(await drift(centre.dataSource)).toEqual({ counts: [], verdicts: [] });
      }),
      { numRuns: 15, endOnFailure: true },
    );
  }, 300_000);

  it('are judged whole by a report when one of them has waited for the clock meanwhile', async () => {
    const { clock, config } = centre;
    const id = await register(centre);
    const backupRequirementId = await declare(centre, id);
    clock.advance({ days: 400 });
    const reports = { ...centre, intake: new EvidenceIntake(new LedgerOfReports(clock, config), clock) };
    await prove(reports, id, { kind: 'VERIFICATION', backupRequirementId });
    const stored = byId(await storedOf(id));
    expect(stored).toEqual(byId(await judgedByEverything(id)));
    expect(stored).toContainEqual(expect.objectContaining({ state: 'OVERDUE' }));
  });

  it.each([
    [
      'they were derived from another policy',
      `WITH former AS (INSERT INTO policy SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'status', 'SUPERSEDED', 'version', 90))).*
         FROM policy p WHERE status = 'PUBLISHED' LIMIT 1 RETURNING id)
       UPDATE obligation SET policy_id = (SELECT id FROM former) WHERE system_id = $1 AND rule_key = 'procedure-approved'`,
    ],
    [
      'one is missing that it is about',
      `DELETE FROM obligation WHERE system_id = $1 AND rule_key = 'backup-verification'`,
    ],
  ])('are judged whole by a report when %s', async (_what, change) => {
    const { clock, config, dataSource } = centre;
    const id = await register(centre);
    const backupRequirementId = await declare(centre, id);
    // The report is not about it: only who judges the whole puts it right.
    const wrong = `UPDATE obligation SET state = 'FAILED' WHERE system_id = $1 AND rule_key = 'contacts-confirmed'`;
    for (const sql of [change, wrong]) await dataSource.query(sql, [id]);
    const reports = { ...centre, intake: new EvidenceIntake(new LedgerOfReports(clock, config), clock) };
    await prove(reports, id, { kind: 'VERIFICATION', backupRequirementId });
    const stored = byId(await storedOf(id));
    expect(stored).toEqual(byId(await judgedByEverything(id)));
    expect(stored).not.toContainEqual(expect.objectContaining({ state: 'FAILED' }));
  });

  it('write no transition when nothing has changed', async () => {
    const id = await register(centre);
    const backupRequirementId = await declare(centre, id);
    await prove(centre, id, { kind: 'VERIFICATION', backupRequirementId });
    const count = async (): Promise<unknown> => centre.dataSource.query('SELECT count(*) FROM obligation_transition');
    await rebuild();
    const before = await count();
    await rebuild();
    expect(await count()).toEqual(before);
  });
});
