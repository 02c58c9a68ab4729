import type { DataSource, EntityManager } from 'typeorm';
import type { Actor } from '../access/actor';
import { AuditLog } from '../audit/audit-log';
import { type CivilDate, addDays } from '../core/time/civil-date';
import { startOfDay } from '../core/time/zone';
import { DrillPlansQueries } from '../evidence/drills/drill-plans.queries';
import { DrillsService } from '../evidence/drills/drills.service';
import { DrillRunsQueries } from '../evidence/drills/runs/drill-runs.queries';
import { DrillRunsService } from '../evidence/drills/runs/drill-runs.service';
import { RunAttestationService } from '../evidence/drills/runs/run-attestation.service';
import { RunOpening } from '../evidence/drills/runs/run-opening';
import { RunRecord } from '../evidence/drills/runs/run-record';
import { RunStepsService } from '../evidence/drills/runs/steps/run-steps.service';
import { EvidenceIntake } from '../obligations/evidence-intake';
import { ObligationLedger } from '../obligations/obligation-ledger';
import { RuleTitles } from '../obligations/rule-titles';
import type { Config } from '../platform/config/config';
import type { PlayedClock } from './played-clock';
import { DEMO_BOOKINGS, DEMO_RUNS, type DemoRun } from './stories/demo-runs';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** In whose hands the drills of the demo are. */
interface Hands {
  system: (code: string) => string;
  actor: (email: string) => Actor;
  today: CivilDate;
}

/** Plays the drills of the demo with the services that people use, at the times when they happened. */
export class DemoDrills {
  private readonly plans: DrillsService;
  private readonly runs: DrillRunsService;
  private readonly steps: RunStepsService;
  private readonly attestation: RunAttestationService;

  constructor(
    private readonly m: EntityManager,
    private readonly clock: PlayedClock,
    private readonly config: Config,
    private readonly hands: Hands,
  ) {
    const inside = withinTransaction(m);
    const audit = new AuditLog(clock);
    const record = new RunRecord(audit, clock);
    const titles = new RuleTitles(inside);
    const ledger = new ObligationLedger(clock, config);
    const known = new DrillPlansQueries(inside, titles, clock, config);
    this.plans = new DrillsService(inside, audit, clock, config);
    this.runs = new DrillRunsService(inside, record, new RunOpening(record, known, clock, config), known, clock);
    this.steps = new RunStepsService(inside, record, clock);
    const queries = new DrillRunsQueries(inside, clock);
    const intake = new EvidenceIntake(ledger, clock);
    this.attestation = new RunAttestationService(inside, record, queries, intake, ledger, audit, titles, clock, config);
  }

  /** Plays what happened so many days before today. */
  async play(daysAgo: number): Promise<void> {
    for (const run of DEMO_RUNS.filter((one) => one.daysAgo === daysAgo)) await this.hold(run);
  }

  /** Books what is to come. */
  async book(): Promise<void> {
    const { system, actor } = this.hands;
    for (const { code, inDays, participants, ...fields } of DEMO_BOOKINGS) {
      const booked = participants.map(({ email, part }) => ({ userId: actor(email).userId, part }));
      const plan = { ...fields, scheduledAt: this.at(-inDays, 10), procedureVersionId: await this.versionOf(code) };
      const id = await this.plans.plan(actor('owner@demo.example'), system(code), plan, booked);
      for (const { email, confirmed } of participants) if (confirmed) await this.plans.acknowledge(actor(email), id);
    }
  }

  private async hold({
    code,
    daysAgo,
    title,
    type,
    minutes,
    checkExpected,
    checkObserved,
    note,
  }: DemoRun): Promise<void> {
    const { system, actor } = this.hands;
    const [owner, manager] = [actor('owner@demo.example'), actor('manager@demo.example')];
    const planned = { title, plannedMinutes: 240, procedureVersionId: await this.versionOf(code) };
    const begins = this.at(daysAgo, 10);
    this.clock.set(new Date(begins.getTime() - HOUR_MS));
    const drillId =
      type &&
      (await this.plans.plan(owner, system(code), { ...planned, type, checkExpected, scheduledAt: begins }, []));
    this.clock.set(begins);
    const runId = drillId
      ? await this.runs.open(owner, drillId)
      : await this.runs.recordOutage(owner, system(code), { ...planned, startedAt: begins });
    if (drillId) await this.runs.begin(owner, runId);
    for (const [key, took] of Object.entries(minutes)) {
      await this.steps.start(owner, runId, key);
      this.clock.set(new Date(this.clock.now().getTime() + took * MINUTE_MS));
      await this.steps.finish(owner, runId, key);
    }
    const seen = { recoveryPointAt: new Date(begins.getTime() - HOUR_MS / 2), checkObserved };
    await this.runs.complete(owner, runId, { claimed: 'PASSED', checkHeld: true, note, ...seen });
    this.clock.set(new Date(this.clock.now().getTime() + HOUR_MS));
    await this.attestation.attest(manager, runId);
  }

  private async versionOf(code: string): Promise<string | null> {
    const [row] = await this.m.query<{ id: string }[]>(
      `SELECT v.id FROM procedure_version v JOIN procedure p ON p.id = v.procedure_id WHERE p.system_id = $1 AND v.status = 'APPROVED'`,
      [this.hands.system(code)],
    );
    return row?.id ?? null;
  }

  private at(daysAgo: number, hour: number): Date {
    const day = startOfDay(addDays(this.hands.today, -daysAgo), this.config.TZ_DEFAULT);
    return new Date(day.getTime() + hour * HOUR_MS);
  }
}

/** A data source whose every transaction is the one that runs, so that the whole demo is loaded or nothing of it. */
function withinTransaction(m: EntityManager): DataSource {
  return Object.create(m.connection, {
    manager: { value: m },
    query: { value: m.query.bind(m) },
    transaction: { value: <T>(work: (m: EntityManager) => Promise<T>) => work(m) },
  }) as DataSource;
}
