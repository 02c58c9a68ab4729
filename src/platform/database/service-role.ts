import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { DatabaseConnection } from './data-source';

/** The role of the embedded database that the service works as. */
export const EMBEDDED_SERVICE_ROLE = 'sonae_service';

/** A role that reads and writes, owns nothing, and can only add to the audit events. */
export interface ServiceRole {
  name: string;
  /** With which the role is made where there is none yet; without it, it signs in as the server allows. */
  password?: string;
}

/** Where a database is, and as whom its schema is changed. */
export interface OwnedDatabase {
  connection: DatabaseConnection;
  owner: DatabaseConnection;
  /** Absent when the service works as the owner. */
  role?: ServiceRole;
}

/** The database of two URLs: the service's, and the owner's when that is another role. */
export function ownedDatabase(url: string, ownerUrl: string | undefined): OwnedDatabase {
  if (ownerUrl === undefined) return { connection: { url }, owner: { url } };
  const { username, password } = new URL(url);
  const name = decodeURIComponent(username);
  if (name === decodeURIComponent(new URL(ownerUrl).username)) return { connection: { url }, owner: { url: ownerUrl } };
  const role = { name, ...(password && { password: decodeURIComponent(password) }) };
  return { connection: { url }, owner: { url: ownerUrl }, role };
}

const SCHEMAS = ['public', 'bullmq'];
/** Events are added, and the chain of them is written by a trigger as the owner: nobody else changes either. */
const ONLY_GROWS = { audit_event: 'SELECT, INSERT', audit_link: 'SELECT' };
/** Whoever could write here could make the service believe in a schema that is not there. */
const ONLY_READ = ['migration'];

/** Makes the role where it is missing and gives it exactly what the service needs. Repeating it changes nothing. */
export async function grantServiceRole(owner: Client, { name, password }: ServiceRole): Promise<void> {
  const role = escapeIdentifier(name);
  const { rowCount } = await owner.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  const secret = password === undefined ? '' : ` PASSWORD ${escapeLiteral(password)}`;
  const { rows: sequences } = await owner.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE relkind = 'S' AND relnamespace::regnamespace::text = ANY($1) AND pg_has_role(relowner, 'MEMBER')`,
    [SCHEMAS],
  );
  const narrowed = Object.entries(ONLY_GROWS).concat(ONLY_READ.map((table) => [table, 'SELECT']));
  await owner.query(
    [
      'BEGIN',
      ...(rowCount === 0 ? [`CREATE ROLE ${role} LOGIN${secret}`] : []),
      ...SCHEMAS.flatMap((schema) => [
        `GRANT USAGE ON SCHEMA ${schema} TO ${role}`,
        `GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`,
      ]),
      // The queue numbers the jobs of each queue with a sequence that it makes at the first one.
      `GRANT CREATE ON SCHEMA bullmq TO ${role}`,
      ...sequences.map(({ name: sequence }) => `GRANT USAGE, SELECT, UPDATE ON SEQUENCE ${sequence} TO ${role}`),
      ...narrowed.flatMap(([table, rights]) => [
        `REVOKE ALL ON ${table} FROM ${role}`,
        `GRANT ${rights} ON ${table} TO ${role}`,
      ]),
      'COMMIT',
    ].join(';'),
  );
}

/** Whether a client may change the schema: it is empty, or belongs to the client's role. */
export async function ownsSchema(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ owns: boolean }>(
    `SELECT coalesce((SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = to_regclass('public.migration')), TRUE) AS owns`,
  );
  return rows[0]?.owns ?? true;
}
