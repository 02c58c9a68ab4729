import { answersOf, QUESTION_KEYS } from '../../src/core/importance/questionnaire';
import { DigestFormer } from '../../src/views/outbox/digest/digest-former';
import { ReminderSweep } from '../../src/views/reminders/reminder-sweep';
import { newId } from '../../src/platform/database/id';
import { issueToken, newlySignedIn } from '../support/api-tokens';
import type { TestApp } from '../support/app';
import { actOn, writeProcedure } from '../support/builders/procedures';
import { registerSystem } from '../support/builders/systems';
import type { Answer } from '../support/client';
import { csvOf, upload } from '../support/imports';
import { channelMakers } from './channel-records';
import { inletMakers } from './inlet-records';
import { reminderMakers } from './reminder-records';
import { reportMakers } from './report-records';
import { restoreTestMakers } from './restore-test-records';
import type { OrganisationName, PersonName } from '../support/world';

/** Stands in the name of whatever belongs to the agency, and may not be read where the agency may not. */
export const MARK = '秘匿標章';

const PROOF = { kind: 'RESTORE_TEST', outcome: 'PASSED', strength: 'RESTORED', performedAt: '2026-11-22T06:00:00Z' };
const REQUIREMENT = {
  ...{ dataset: MARK, method: 'full', interval: 'P1D', retention: 'P30D', rpo: 'P1D' },
  copies: [{ site: '東京', medium: 'disk' }],
};

/** Whose records are made, and by whom. */
export interface Home {
  organisation: OrganisationName;
  admin: PersonName;
  owner: PersonName;
  deputy: PersonName;
  manager: PersonName;
}

export const AGENCY: Home = {
  ...{ organisation: 'agency', admin: 'admin', owner: 'owner', deputy: 'contributor', manager: 'manager' },
};
/** Where the outsider does everything, so that nothing is approved. */
export const OTHER_MINISTRY: Home = {
  ...{ organisation: 'otherMinistry', admin: 'outsider', owner: 'outsider', deputy: 'outsider', manager: 'outsider' },
};

let made = 0;

/** Makes records of one home, by default the agency, one for each asking, by what precedes `{id}` in a path. */
export class Records {
  readonly organisationId: string;

  constructor(
    readonly app: TestApp,
    readonly home: Home = AGENCY,
  ) {
    this.organisationId = app.world.organisations[home.organisation];
  }

  /** A passkey that was made for one request would be asked for when its person signs in for the next one. */
  async tidy(): Promise<void> {
    await this.app.dataSource.query('DELETE FROM passkey');
  }

  private async passkey(): Promise<string> {
    const id = newId();
    await this.app.dataSource.query(
      `INSERT INTO passkey (id, user_id, credential_id, public_key, counter, transports, name, created_at)
       VALUES ($1::uuid, $2, $1::uuid::text, '', 0, '{}', $3, now())`,
      [id, this.app.world.people[this.home.owner], MARK],
    );
    return id;
  }

  private readonly makers: Readonly<Record<string, () => Promise<string>>> = {
    '/systems': () => this.system(),
    '/obligations': async () => {
      const { body } = await (await this.app.as(this.home.admin)).get(`/systems/${await this.system()}/obligations`);
      return body.items[0].id as string;
    },
    '/organisations': () => this.organisation(),
    '/policies': async () => this.id('/policies', { organisationId: await this.organisation() }),
    '/imports': () => this.import(),
    '/import-profiles': () =>
      this.id('/import-profiles', { name: this.name(), mapping: mappingFor(this.organisationId) }),
    '/procedures': async () => {
      const version = await this.submitted();
      const { body } = await actOn(version, 'approve', await this.app.as(this.home.manager));
      return (body.procedureId ?? (await this.version(version)).procedureId) as string;
    },
    '/procedure-versions/{id}/submit': () => this.draft(),
    '/procedure-versions': () => this.submitted(),
    '/backup-requirements/{id}/reviews': async () => {
      const id = await this.requirement();
      await (await this.app.as(this.home.manager)).post(`/backup-requirements/${id}/approve`, {});
      return id;
    },
    '/backup-requirements/{id}/detach': async () => {
      const backupProfileId = await this.profile();
      return this.id(`/systems/${await this.system()}/backup-requirements`, { ...REQUIREMENT, backupProfileId });
    },
    '/backup-requirements': () => this.requirement(),
    ...inletMakers(this),
    '/backup-profiles': () => this.profile(),
    '/evidence': async () => this.id(`/systems/${await this.system()}/evidence`, PROOF),
    '/tier-changes': async () => {
      const change = { tier: 'HIGH', reason: MARK };
      return idIn(
        await (await this.app.as(this.home.owner)).post(`/systems/${await this.system()}/tier-changes`, change),
      );
    },
    '/importance-assessments': () => this.assessment(),
    '/waivers/{id}/revoke': async () => {
      const id = await this.waiver();
      await (await this.app.as(this.home.manager)).post(`/waivers/${id}/approve`, {});
      return id;
    },
    '/waivers': () => this.waiver(),
    '/advice': () => this.advice(),
    '/improvements': async () => {
      const item = { source: 'AUDIT', title: MARK, systemId: await this.system() };
      return idIn(await (await this.app.as(this.home.owner)).post('/improvements', item));
    },
    ...restoreTestMakers(this),
    '/drills': () => this.drill(),
    '/drill-runs/{id}/begin': () => this.run(),
    '/drill-runs/{id}/resume': () => this.run('begin', 'pause'),
    '/drill-runs/{id}/steps/{key}/finish': () => this.run('begin', 'steps/restore/start'),
    '/drill-runs/{id}/attest': () => this.run('begin', 'complete'),
    '/drill-runs/{id}/report': () => this.run('begin', 'complete', 'attest'),
    '/drill-runs': () => this.run('begin'),
    '/outbox': () => this.mail(),
    ...reminderMakers(this),
    ...reportMakers(this),
    ...channelMakers(this),
    '/users/{id}/hand-over': async () => this.app.world.people[this.home.owner],
    '/users': () => this.user(),
    '/calendar-feeds': async () => idIn(await (await this.app.as(this.home.owner)).post('/calendar-feeds', {})),
    '/api-tokens': async () => (await issueToken(await this.app.as(this.home.owner))).id,
    '/me/factors/passkeys': () => this.passkey(),
    '/me/sessions': async () => {
      const { body } = await (await newlySignedIn(this.app, this.home.owner)).get('/me/sessions');
      return (body.items ?? body).find(({ current }: { current: boolean }) => current).id as string;
    },
  };

  /** A new record for the id in a path, in the state the path needs. Throws for a kind that it does not know: add it to `makers`. */
  of(path: string): Promise<string> {
    const kind = path.slice(0, path.indexOf('/{'));
    const maker = this.makers[path] ?? this.makers[kind];
    if (!maker) throw new Error(`${path}: test/access-matrix/records.ts makes no record for an id after ${kind}`);
    return maker();
  }

  /** A name nothing else has. */
  name(): string {
    made += 1;
    return `${MARK} ${made}`;
  }

  code(): string {
    made += 1;
    return `MADE-${made}`;
  }

  system(): Promise<string> {
    const { people } = this.app.world;
    const { owner, deputy, manager } = this.home;
    const facts = { organisationId: this.organisationId, ownerId: people[owner], deputyId: people[deputy] };
    return registerSystem(this.app, { name: this.name(), ...facts }, manager).then(({ id }) => id as string);
  }

  organisation(): Promise<string> {
    const parentId = this.organisationId;
    return this.id('/organisations', { code: this.code(), name: this.name(), kind: 'DIVISION', parentId });
  }

  user(): Promise<string> {
    made += 1;
    const roles = [{ role: 'OWNER', organisationId: this.organisationId }];
    return this.id('/users', { displayName: MARK, email: `made-${made}@sonae.example`, roles });
  }

  private async assessment(): Promise<string> {
    const answers = Object.fromEntries(QUESTION_KEYS.map((question) => [question, answersOf(question)[0]]));
    const owner = await this.app.as(this.home.owner);
    return idIn(await owner.post(`/systems/${await this.system()}/importance-assessments`, { answers }));
  }

  private async waiver(): Promise<string> {
    const owner = await this.app.as(this.home.owner);
    const { body } = await owner.get(`/systems/${await this.system()}/obligations`);
    const asked = { reason: MARK, compensatingMeasure: MARK, expiresOn: '2026-12-31' };
    return idIn(await owner.post(`/obligations/${body.items[0].id}/waivers`, asked));
  }

  private async drill(): Promise<string> {
    const plan = { title: MARK, type: 'FUNCTIONAL', scheduledAt: '2026-12-15T01:00:00Z', plannedMinutes: 120 };
    const participants = [{ userId: this.app.world.people[this.home.owner], part: MARK }];
    return this.id(`/systems/${await this.system()}/drills`, { ...plan, participants });
  }

  /** A run that the deputy has brought so far, so that the owner and the manager may attest it. */
  private async run(...steps: string[]): Promise<string> {
    const system = await this.system();
    const procedure = await writeProcedure(await this.app.as(this.home.owner), system, {
      ...{ title: MARK, steps: [{ key: 'restore', title: MARK, dependsOn: [] }] },
    });
    const plan = { title: MARK, type: 'FUNCTIONAL', scheduledAt: '2026-12-15T01:00:00Z', plannedMinutes: 120 };
    const drill = await this.id(`/systems/${system}/drills`, { ...plan, procedureVersionId: procedure.body.id });
    const deputy = await this.app.as(this.home.deputy);
    const run = idIn(await deputy.post(`/drills/${drill}/runs`));
    for (const step of steps) {
      const by = step === 'attest' ? await this.app.as(this.home.manager) : deputy;
      await by.post(`/drill-runs/${run}/${step}`, step === 'complete' ? { outcome: 'PARTIAL' } : {});
    }
    return run;
  }

  /** Asked by what has a ministry above it: the ministry itself has none. */
  private async advice(): Promise<string> {
    const organisationId = this.home === AGENCY ? this.organisationId : await this.organisation();
    const question = { organisationId, title: MARK, question: MARK };
    return idIn(await (await this.app.as(this.home.owner)).post('/advice', question));
  }

  private async draft(): Promise<string> {
    const { body } = await writeProcedure(await this.app.as(this.home.owner), await this.system(), { title: MARK });
    return body.id as string;
  }

  private async submitted(): Promise<string> {
    const version = await this.draft();
    await actOn(version, 'submit', await this.app.as(this.home.owner));
    return version;
  }

  private async version(id: string): Promise<Answer['body']> {
    return (await (await this.app.as(this.home.owner)).get(`/procedure-versions/${id}`)).body;
  }

  private async requirement(): Promise<string> {
    return this.id(`/systems/${await this.system()}/backup-requirements`, REQUIREMENT);
  }

  private profile(): Promise<string> {
    const { dataset: _dataset, ...terms } = REQUIREMENT;
    return this.id('/backup-profiles', { organisationId: this.organisationId, name: this.name(), ...terms });
  }

  private async import(): Promise<string> {
    const file = csvOf(['code', 'name'], [this.name(), MARK]);
    const fields = { mapping: mappingFor(this.organisationId), dryRun: true };
    return idIn(await upload(await this.app.as(this.home.admin), '/imports/systems', file, fields, `${MARK}.csv`));
  }

  /** A mail to the owner. */
  private async mail(): Promise<string> {
    const [sent] = await this.app.database.query<{ id: string }>('SELECT id FROM mail WHERE recipient_id = $1', [
      this.app.world.people[this.home.owner],
    ]);
    if (sent) return sent.id;
    await this.system();
    await this.app.app.get(ReminderSweep, { strict: false }).run();
    await this.app.app.get(DigestFormer, { strict: false }).run();
    return this.mail();
  }

  private async id(path: string, body: object): Promise<string> {
    return idIn(await (await this.app.as(this.home.admin)).post(path, body));
  }
}

/** A mapping that an import for one organisation can do with. */
export function mappingFor(organisationId: string): object {
  return { organisationId, columns: { code: 'code', name: 'name' }, tier: { value: 'LOW' } };
}

function idIn({ status, body }: Answer): string {
  if (status >= 300) throw new Error(`No record: ${status} ${JSON.stringify(body)}`);
  return body.id as string;
}
