import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The columns of the table, in its order; written out here, so that a role that is added must be stated too. */
export const STATED_ROLES = [
  'ADMIN',
  'CISO_OFFICE',
  'MANAGER',
  'OWNER',
  'BACKUP_OPERATOR',
  'CONTRIBUTOR',
  'AUDITOR',
] as const;
export type StatedRole = (typeof STATED_ROLES)[number];

const ABOUT = ['public', 'self', 'personal', 'list', 'organisation', 'record', 'request', 'installation'] as const;
const REACHES = ['yes', 'own', 'own*', '-'] as const;
export type StatedReach = (typeof REACHES)[number];

/** One line of the table. */
export interface Statement {
  /** `GET /systems/{id}`. */
  name: string;
  about: (typeof ABOUT)[number];
  reach: Record<StatedRole, StatedReach>;
}

/** Every line of stated-access.txt. Throws for a line that says something else than the legend allows. */
export function statedAccess(
  text = readFileSync(join(__dirname, 'stated-access.txt'), 'utf8'),
): Map<string, Statement> {
  const statements = new Map<string, Statement>();
  for (const line of text.split('\n').filter((each) => each.trim() !== '' && !each.startsWith('#'))) {
    const statement = statementOf(line);
    if (statements.has(statement.name)) throw new Error(`${statement.name} is stated twice`);
    statements.set(statement.name, statement);
  }
  return statements;
}

function statementOf(line: string): Statement {
  const [method, path, about, ...reaches] = line.trim().split(/\s+/);
  const wanted = about === 'public' || about === 'self' ? 0 : STATED_ROLES.length;
  const known = ABOUT.some((each) => each === about) && reaches.every((each) => REACHES.some((may) => may === each));
  if (!known || reaches.length !== wanted) throw new Error(`This line says something unknown: ${line}`);
  const reach = STATED_ROLES.map((role, index) => [role, reaches[index] ?? 'yes']);
  return {
    name: `${method} ${path}`,
    about: about as Statement['about'],
    reach: Object.fromEntries(reach) as Statement['reach'],
  };
}

/** Operations without a line, and lines without an operation. */
export function unstated(
  operations: readonly string[],
  stated = statedAccess(),
): { missing: string[]; gone: string[] } {
  return {
    missing: operations.filter((name) => !stated.has(name)),
    gone: [...stated.keys()].filter((name) => !operations.includes(name)),
  };
}
