import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import type { Actor } from '../access/actor';
import { hashPassword } from '../access/sign-in/passwords';
import { RoleAssignment } from '../access/role-assignment.entity';
import { User } from '../access/user.entity';
import { DEFAULT_POLICY } from '../core/policy/default-policy';
import { owedSinceOf } from '../core/policy/owed-since';
import { addDays, type CivilDate } from '../core/time/civil-date';
import { localDate, startOfDay } from '../core/time/zone';
import { EvidenceIntake } from '../obligations/evidence-intake';
import { ObligationLedger } from '../obligations/obligation-ledger';
import { Clock } from '../platform/clock/clock';
import { Config } from '../platform/config/config';
import { newId } from '../platform/database/id';
import { DEMO_SETTING, Setting } from '../platform/database/setting.entity';
import { Organisation } from '../registry/organisations/organisation.entity';
import { Policy } from '../registry/policies/policy.entity';
import { newSystemRow } from '../registry/systems/system-row';
import { Waiver } from '../evidence/waivers/waiver.entity';
import { SystemDependency } from '../registry/dependencies/system-dependency.entity';
import { TierChange } from '../registry/tier-changes/tier-change.entity';
import { insertSystems } from '../registry/systems/system-writer';
import { ReadinessDays } from '../views/readiness/history/readiness-days';
import { ReportMaker } from '../views/reports/making/report-maker';
import { ScheduledReports } from '../views/reports/making/scheduled-reports';
import { DEMO_ORGANISATIONS, DEMO_PEOPLE } from './stories/demo-cast';
import { DemoDrills } from './demo-drills';
import { DAYS_OF_HISTORY, DemoHistory } from './demo-history';
import { writeDemoImprovements } from './stories/demo-improvements';
import { DemoTools } from './demo-tools';
import { PlayedClock } from './played-clock';
import { writeDemoProfiles } from './stories/demo-profiles';
import { DEMO_SYSTEMS } from './stories/demo-systems';

/** How long before today the demo policy came into force: longer than any demo system has been running. */
const POLICY_AGE_DAYS = 2_500;

const DAY_MS = 86_400_000;
const OWNER = 'owner@demo.example';

/** A person of the demo who acts. */
const actorOf = (email: string, userId: string, organisation: (code: string) => string): Actor => ({
  ...{ userId, locale: 'ja', timeZone: 'Asia/Tokyo', requestId: null },
  roles: (DEMO_PEOPLE.find((one) => one.email === email)?.roles ?? []).map(({ role, organisation: code }) => ({
    role,
    organisationId: organisation(code),
  })),
});

/** Loads an invented ministry with two agencies into an empty database. */
@Injectable()
export class DemoSeed {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ledger: ObligationLedger,
    private readonly days: ReadinessDays,
    private readonly reports: ScheduledReports,
    private readonly maker: ReportMaker,
    private readonly tools: DemoTools,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Whether nobody has put anything into the database yet. */
  async isEmpty(): Promise<boolean> {
    const [row] = await this.dataSource.query<{ used: boolean }[]>('SELECT EXISTS (SELECT FROM app_user) AS used');
    return !row?.used;
  }

  /** Writes the whole demo in one transaction, and after it what tools report and the reports that the calendar asks for. @param password of the demo people who sign in. */
  async load(password: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    const [owner, system] = await this.dataSource.transaction(async (m) => {
      const organisations = await this.organisations(m);
      const people = await this.people(m, organisations, passwordHash);
      await this.policy(m, organisations);
      const systems = await this.systems(m, organisations, people);
      const kept = await this.past(m, systems, people, organisations);
      await writeDemoProfiles(m, organisations('MIHON'));
      await this.wantedTiers(m, systems, people);
      await this.needs(m, systems);
      await this.wantedWaivers(m, systems, people);
      const now = this.clock.now();
      const owing = await writeDemoImprovements({
        ...{ m, today: localDate(now, this.config.TZ_DEFAULT), organisation: organisations, system: systems },
        ...{ person: people, daysAgo: (days: number) => new Date(now.getTime() - days * DAY_MS) },
      });
      await m.insert(Setting, { name: DEMO_SETTING, value: { renewedRequirementIds: kept } as never });
      await this.ledger.refresh(
        m,
        DEMO_SYSTEMS.map(({ code }) => systems(code)),
      );
      await this.ledger.refreshOrganisations(m, owing);
      await this.freezeDays(m, localDate(now, this.config.TZ_DEFAULT));
      return [actorOf(OWNER, people(OWNER), organisations), systems] as const;
    });
    await this.tools.connect(owner, system);
    for (const id of await this.reports.run()) await this.maker.run(id);
  }

  /**
   * Writes what has happened and plays the days since then, so that obligations turned when they would have turned.
   * @returns the backup requirements whose recovery point is renewed while the demo runs.
   */
  private async past(
    m: EntityManager,
    system: (code: string) => string,
    person: (email: string) => string,
    organisation: (code: string) => string,
  ): Promise<string[]> {
    const today = localDate(this.clock.now(), this.config.TZ_DEFAULT);
    const endOf = (ago: number): Date =>
      new Date(startOfDay(addDays(today, 1 - ago), this.config.TZ_DEFAULT).getTime() - 1);
    const played = new PlayedClock(endOf(DAYS_OF_HISTORY));
    const ledger = new ObligationLedger(played, this.config);
    const intake = new EvidenceIntake(ledger, played);
    const history = new DemoHistory(m, intake, person, this.clock.now(), this.config.TZ_DEFAULT);
    const kept: string[] = [];
    for (const story of DEMO_SYSTEMS) {
      played.set(endOf(Math.min(DAYS_OF_HISTORY, story.operatingDays)));
      kept.push(...(await history.write(system(story.code), story)));
    }
    const actor = (email: string): Actor => actorOf(email, person(email), organisation);
    const drills = new DemoDrills(m, played, this.config, { system, actor, today });
    for (let ago = DAYS_OF_HISTORY; ago > 0; ago -= 1) {
      await drills.play(ago);
      played.set(endOf(ago));
      const running = DEMO_SYSTEMS.filter(({ operatingDays }) => operatingDays >= ago);
      await ledger.refresh(
        m,
        running.map(({ code }) => system(code)),
      );
    }
    await drills.book();
    return kept;
  }

  /** Freezes the days before today as an installation would have that has been running since. */
  private async freezeDays(m: EntityManager, today: CivilDate): Promise<void> {
    for (let ago = DAYS_OF_HISTORY; ago > 0; ago -= 1) await this.days.makeUp(m, addDays(today, -ago));
  }

  private async organisations(m: EntityManager): Promise<(code: string) => string> {
    const ids = new Map<string, string>();
    for (const { code, name, nameEn, kind, parent, closed = false } of DEMO_ORGANISATIONS) {
      ids.set(code, newId());
      await m.insert(Organisation, {
        id: ids.get(code),
        code,
        name,
        nameEn,
        kind,
        parentId: parent && idIn(ids, parent),
        sharesDetails: !closed,
      });
    }
    return (code) => idIn(ids, code);
  }

  private async people(
    m: EntityManager,
    organisation: (code: string) => string,
    passwordHash: string,
  ): Promise<(email: string) => string> {
    const ids = new Map<string, string>();
    for (const { email, displayName, roles } of DEMO_PEOPLE) {
      const id = newId();
      ids.set(email, id);
      await m.insert(User, {
        id,
        email,
        displayName,
        locale: 'ja',
        passwordHash: roles.length > 0 ? passwordHash : null,
      });
      for (const { role, organisation: code } of roles)
        await m.insert(RoleAssignment, { id: newId(), userId: id, role, organisationId: organisation(code) });
    }
    return (email) => idIn(ids, email);
  }

  private async policy(m: EntityManager, organisation: (code: string) => string): Promise<void> {
    const now = this.clock.now();
    const effectiveOn = addDays(localDate(now, this.config.TZ_DEFAULT), -POLICY_AGE_DAYS);
    await m.insert(Policy, {
      id: newId(),
      organisationId: organisation('MIHON'),
      version: 1,
      status: 'PUBLISHED',
      rules: DEFAULT_POLICY as never,
      effectiveOn,
      owedSince: owedSinceOf(DEFAULT_POLICY, effectiveOn) as never,
      publishedAt: now,
    });
  }

  private async wantedTiers(
    m: EntityManager,
    system: (code: string) => string,
    person: (email: string) => string,
  ): Promise<void> {
    for (const { code, owner, tier, wantedTier } of DEMO_SYSTEMS)
      if (wantedTier && owner)
        await m.insert(TierChange, {
          ...{ id: newId(), systemId: system(code), fromTier: tier, requestedTier: wantedTier.tier },
          ...{ reason: wantedTier.reason, requestedById: person(owner) },
          requestedAt: new Date(this.clock.now().getTime() - wantedTier.daysAgo * DAY_MS),
        });
  }

  private async needs(m: EntityManager, system: (code: string) => string): Promise<void> {
    for (const { code, needs = [] } of DEMO_SYSTEMS)
      for (const { code: needed, hard } of needs)
        await m.insert(SystemDependency, { systemId: system(code), dependsOnId: system(needed), hard });
  }

  private async wantedWaivers(
    m: EntityManager,
    system: (code: string) => string,
    person: (email: string) => string,
  ): Promise<void> {
    const today = localDate(this.clock.now(), this.config.TZ_DEFAULT);
    for (const { code, owner, wantedWaiver } of DEMO_SYSTEMS)
      if (wantedWaiver && owner)
        await m.insert(Waiver, {
          ...{ id: newId(), systemId: system(code), dutyOf: system(code), ruleKey: wantedWaiver.ruleKey },
          ...{ reason: wantedWaiver.reason, compensatingMeasure: wantedWaiver.measure },
          expiresOn: addDays(today, wantedWaiver.days),
          requestedById: person(owner),
          requestedAt: new Date(this.clock.now().getTime() - wantedWaiver.daysAgo * DAY_MS),
        });
  }

  private async systems(
    m: EntityManager,
    organisation: (code: string) => string,
    person: (email: string) => string,
  ): Promise<(code: string) => string> {
    const now = this.clock.now();
    const today = localDate(now, this.config.TZ_DEFAULT);
    const rows = DEMO_SYSTEMS.map((system) =>
      newSystemRow(
        {
          code: system.code,
          name: system.name,
          nameEn: system.nameEn,
          organisationId: organisation(system.organisation),
          ownerId: system.owner && person(system.owner),
          deputyId: system.owner === 'owner@demo.example' ? person('deputy@demo.example') : null,
          tier: system.tier,
          lifecycle: system.lifecycle ?? 'OPERATING',
          hosting: system.hosting,
          publicFacing: system.publicFacing ?? false,
          outsourced: system.outsourced ?? false,
          supplier: system.outsourced ? '株式会社見本システムズ' : null,
          confidentiality: system.confidentiality,
          rtoMinutes: system.rtoHours * 60,
          rpoMinutes: system.rpoHours * 60,
          mtdMinutes: system.mtdHours * 60,
        },
        now,
        addDays(today, -system.operatingDays),
      ),
    );
    await insertSystems(m, rows);
    const ids = new Map(rows.map(({ code, id }) => [code, id]));
    return (code) => idIn(ids, code);
  }
}

function idIn(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key);
  if (!id) throw new Error(`the demo has no ${key}`);
  return id;
}
