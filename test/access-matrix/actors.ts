import type { Role } from '../../src/access/role-assignment.entity';
import { newId } from '../../src/platform/database/id';
import { issueToken, newlySignedIn } from '../support/api-tokens';
import type { TestApp } from '../support/app';
import type { Ask, Answer, Client } from '../support/client';
import type { PersonName } from '../support/world';
import { STATED_ROLES, type StatedRole } from './stated-access';

/**
 * Where somebody stands to the records of the agency: `holder` has the role there and the records are theirs, `within` has the role and the
 * records are another's, `elsewhere` has the role in the other agency, `outside` much power in another ministry.
 */
export type Standing = 'anonymous' | 'program' | 'outside' | 'elsewhere' | 'within' | 'holder';

/** Somebody who asks. */
export interface Actor {
  name: string;
  standing: Standing;
  roles: readonly StatedRole[];
  ask(method: string, path: string, ask: Ask): Promise<Answer>;
  /** Signs in anew, after a request that may have ended the session. */
  renew(): Promise<void>;
}

const WITHIN: Readonly<Record<StatedRole, PersonName>> = {
  ADMIN: 'admin',
  CISO_OFFICE: 'ciso',
  MANAGER: 'manager',
  OWNER: 'owner',
  BACKUP_OPERATOR: 'operator',
  CONTRIBUTOR: 'contributor',
  AUDITOR: 'auditor',
};
/** The roles whose people hold records of their own. */
const HOLDERS: readonly StatedRole[] = ['OWNER', 'CONTRIBUTOR'];

/** Everybody who asks for each operation, those with the least rights first. */
export async function actorsOf(app: TestApp): Promise<Actor[]> {
  const { agency, otherAgency } = app.world.organisations;
  const actors: Actor[] = [anonymous(app), await program(app)];
  actors.push(await person(app, 'outsider', 'outside', ['ADMIN', 'CISO_OFFICE', 'MANAGER', 'OWNER'], 'outsider'));
  for (const role of STATED_ROLES) {
    await addPerson(app, `elsewhere-${role}`, role, otherAgency);
    actors.push(await person(app, `${role} elsewhere`, 'elsewhere', [role], `elsewhere-${role}`));
  }
  for (const role of HOLDERS) {
    await addPerson(app, `beside-${role}`, role, agency);
    actors.push(await person(app, `${role} beside`, 'within', [role], `beside-${role}`));
  }
  for (const role of [...STATED_ROLES].reverse())
    actors.push(await person(app, role, HOLDERS.includes(role) ? 'holder' : 'within', [role], WITHIN[role]));
  return actors;
}

function anonymous(app: TestApp): Actor {
  const ask: Actor['ask'] = (method, path, what) => app.browser().ask(method, path, what);
  return { name: 'anonymous', standing: 'anonymous', roles: [], ask, renew: () => Promise.resolve() };
}

/** A token of the administrator for the one thing that the document knows no operation of. */
async function program(app: TestApp): Promise<Actor> {
  const { secret } = await issueToken(await app.as('admin'), { scopes: ['demo:clear'] });
  await app.dataSource.query("UPDATE api_token SET scopes = '{}' WHERE name = '夜間連携'");
  const authorization = `Bearer ${secret}`;
  const ask: Actor['ask'] = (method, path, { body, headers }) =>
    app.browser().ask(method, path, { body, headers: { ...headers, authorization } });
  return { name: 'program without scope', standing: 'program', roles: [], ask, renew: () => Promise.resolve() };
}

async function person(
  app: TestApp,
  name: string,
  standing: Standing,
  roles: StatedRole[],
  email: string,
): Promise<Actor> {
  const signIn = (): Promise<Client> => newlySignedIn(app, email as PersonName);
  let browser = await signIn();
  return {
    ...{ name, standing, roles },
    ask: (method, path, what) => browser.ask(method, path, what),
    renew: async () => {
      browser = await signIn();
    },
  };
}

/** Somebody beyond the cast, with the password of everybody. */
async function addPerson({ dataSource, world }: TestApp, name: string, role: Role, at: string): Promise<void> {
  const id = newId();
  await dataSource.query(
    `INSERT INTO app_user (id, email, display_name, locale, time_zone, active, password_hash, created_at, updated_at)
     SELECT $1, $2, $3, locale, time_zone, true, password_hash, created_at, updated_at FROM app_user WHERE id = $4`,
    [id, `${name.toLowerCase()}@sonae.example`, name, world.people.admin],
  );
  await dataSource.query('INSERT INTO role_assignment (id, user_id, role, organisation_id) VALUES ($1, $2, $3, $4)', [
    ...[newId(), id, role, at],
  ]);
}
