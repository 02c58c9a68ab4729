import type { DataSource } from 'typeorm';
import { type Role, RoleAssignment } from '../../src/access/role-assignment.entity';
import { hashPassword } from '../../src/access/sign-in/passwords';
import { User } from '../../src/access/user.entity';
import { DEFAULT_POLICY } from '../../src/core/policy/default-policy';
import { newId } from '../../src/platform/database/id';
import { Organisation, type OrganisationKind } from '../../src/registry/organisations/organisation.entity';
import { Policy } from '../../src/registry/policies/policy.entity';

/** The password of everybody in the cast. */
export const PASSWORD = 'correct horse battery';

/** One ministry with two agencies, and another ministry that must never be seen from the first. */
const ORGANISATIONS = {
  ministry: { code: 'MIN', name: '見本省', kind: 'MINISTRY', parent: null },
  agency: { code: 'AGC-1', name: '第一機構', kind: 'AGENCY', parent: 'ministry' },
  otherAgency: { code: 'AGC-2', name: '第二機構', kind: 'AGENCY', parent: 'ministry' },
  otherMinistry: { code: 'OTHER', name: '別省', kind: 'MINISTRY', parent: null },
} as const satisfies Record<string, { code: string; name: string; kind: OrganisationKind; parent: string | null }>;

/** The outsider may do everything, elsewhere. */
const PEOPLE = {
  owner: { displayName: '運用 さくら', roles: [['OWNER', 'agency']] },
  deputy: { displayName: '副島 翔', roles: [['OWNER', 'agency']] },
  manager: { displayName: '責任 一郎', roles: [['MANAGER', 'agency']] },
  ciso: { displayName: '統括 花子', roles: [['CISO_OFFICE', 'ministry']] },
  operator: { displayName: '保全 学', roles: [['BACKUP_OPERATOR', 'agency']] },
  contributor: { displayName: '実施 歩', roles: [['CONTRIBUTOR', 'agency']] },
  auditor: { displayName: '監査 健', roles: [['AUDITOR', 'ministry']] },
  admin: { displayName: '管理 太郎', roles: [['ADMIN', 'ministry']] },
  outsider: {
    displayName: '外山 誠',
    roles: [
      ['ADMIN', 'otherMinistry'],
      ['CISO_OFFICE', 'otherMinistry'],
      ['MANAGER', 'otherMinistry'],
      ['OWNER', 'otherMinistry'],
    ],
  },
} as const satisfies Record<
  string,
  { displayName: string; roles: readonly (readonly [Role, keyof typeof ORGANISATIONS])[] }
>;

export type OrganisationName = keyof typeof ORGANISATIONS;
export type PersonName = keyof typeof PEOPLE;

/** The fixed cast of every test above the rules: the ids by name. */
export interface World {
  organisations: Record<OrganisationName, string>;
  people: Record<PersonName, string>;
}

export function emailOf(person: PersonName): string {
  return `${person.toLowerCase()}@sonae.example`;
}

let passwordHash: Promise<string> | undefined;

/** Writes the cast, and the default policy in force for both ministries. */
export async function createWorld(dataSource: DataSource, now: Date): Promise<World> {
  const hash = await (passwordHash ??= hashPassword(PASSWORD));
  const organisations = idsFor(ORGANISATIONS);
  const people = idsFor(PEOPLE);
  await dataSource.transaction(async (m) => {
    for (const [key, { code, name, kind, parent }] of entriesOf(ORGANISATIONS))
      await m.insert(Organisation, {
        id: organisations[key],
        code,
        name,
        kind,
        parentId: parent && organisations[parent],
      });
    for (const [key, { displayName }] of entriesOf(PEOPLE))
      await m.insert(User, { id: people[key], email: emailOf(key), displayName, passwordHash: hash, createdAt: now });
    for (const [key, { roles }] of entriesOf(PEOPLE))
      for (const [role, at] of roles)
        await m.insert(RoleAssignment, { id: newId(), userId: people[key], role, organisationId: organisations[at] });
    for (const organisationId of [organisations.ministry, organisations.otherMinistry])
      await m.insert(Policy, {
        id: newId(),
        organisationId,
        version: 1,
        status: 'PUBLISHED',
        rules: DEFAULT_POLICY as never,
        effectiveOn: '2020-01-01',
        publishedAt: now,
      });
  });
  return { organisations, people };
}

function idsFor<K extends string>(cast: Record<K, unknown>): Record<K, string> {
  return Object.fromEntries(Object.keys(cast).map((key) => [key, newId()])) as Record<K, string>;
}

function entriesOf<T extends object>(record: T): [keyof T, T[keyof T]][] {
  return Object.entries(record) as [keyof T, T[keyof T]][];
}
