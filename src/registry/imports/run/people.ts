import { EntityManager } from 'typeorm';
import type { Actor } from '../../../access/actor';
import { newId } from '../../../platform/database/id';
import { unnest } from '../../../platform/database/unnest';
import { comparable } from '../reading/cell-text';
import { mayBeNamedAt } from '../../../access/references/named-person';
import type { OwnerReading } from '../reading/owner-text';

/** Somebody the import makes: a person who is reminded, and does not sign in. */
export interface NewPerson {
  id: string;
  email: string;
  displayName: string;
}

/** The owner of a system: an id, null for nobody, undefined when the file does not tell, and a code when it tries to. */
export interface OwnerFound {
  ownerId: string | null | undefined;
  warning?: 'OWNER_NOT_FOUND' | 'OWNER_AMBIGUOUS' | 'OWNER_INACTIVE' | 'OWNER_IS_AUDITOR';
}

const UNTOLD: OwnerFound = { ownerId: undefined };

/** The people an import names, by address or by name. One address is one person, whatever names stand beside it. */
export class People {
  readonly made: NewPerson[] = [];
  private readonly names = new Map<string, string | null>();
  private readonly wantedNames = new Set<string>();
  private readonly byEmail = new Map<string, { id: string; active: boolean }>();
  private readonly byName = new Map<string, string[]>();

  /** Takes note of somebody named in the file; the first name beside an address is the one kept. */
  note(owner: OwnerReading | null): void {
    if (owner?.kind === 'NAME') this.wantedNames.add(comparable(owner.name));
    if (owner?.kind !== 'PERSON') return;
    this.names.set(owner.email, this.names.get(owner.email) ?? owner.displayName);
  }

  /**
   * Finds who is known already and gives the others an id. Names are looked for among the people of the organisation only; an address of
   * another ministry is like one whose account is closed.
   */
  async settle(m: EntityManager, organisationId: string): Promise<void> {
    const known = await m.query<{ id: string; email: string; active: boolean }[]>(
      `SELECT u.id, u.email, u.active AND ${mayBeNamedAt('u', '$2::uuid')} AS active
       FROM app_user u WHERE u.email = ANY($1::text[])`,
      [[...this.names.keys()], organisationId],
    );
    for (const { email, ...person } of known) this.byEmail.set(email, person);
    for (const [email, displayName] of this.names) {
      if (this.byEmail.has(email)) continue;
      const person = { id: newId(), email, displayName: displayName ?? email };
      this.byEmail.set(email, { id: person.id, active: true });
      this.made.push(person);
    }
    if (this.wantedNames.size > 0) await this.findNames(m, organisationId);
  }

  /** Who the owner is, after `settle`. */
  ownerOf(owner: OwnerReading | null): OwnerFound {
    if (owner?.kind === 'NOBODY') return { ownerId: null };
    if (owner?.kind === 'PERSON') return this.withAddress(owner.email);
    if (owner?.kind !== 'NAME') return UNTOLD;
    const [id, second] = this.byName.get(comparable(owner.name)) ?? [];
    if (id === undefined) return { ...UNTOLD, warning: 'OWNER_NOT_FOUND' };
    return second === undefined ? { ownerId: id } : { ...UNTOLD, warning: 'OWNER_AMBIGUOUS' };
  }

  /** Writes the people that are made. The caller audits them. */
  async write(m: EntityManager, { locale }: Pick<Actor, 'locale'>, timeZone: string, now: Date): Promise<void> {
    if (this.made.length === 0) return;
    const rows = this.made.map((person) => ({ ...person, locale, timeZone, createdAt: now, updatedAt: now }));
    const types = {
      id: 'uuid',
      email: 'text',
      displayName: 'text',
      locale: 'text',
      timeZone: 'text',
      createdAt: 'timestamptz',
      updatedAt: 'timestamptz',
    };
    const { columns, source, values } = unnest(rows, types, 'made');
    await m.query(`INSERT INTO app_user (${columns.join(', ')}) SELECT * FROM ${source}`, values);
  }

  private withAddress(email: string): OwnerFound {
    const person = this.byEmail.get(email);
    if (person?.active === false) return { ...UNTOLD, warning: 'OWNER_INACTIVE' };
    return { ownerId: person?.id };
  }

  private async findNames(m: EntityManager, organisationId: string): Promise<void> {
    const people = await m.query<{ id: string; displayName: string }[]>(
      `SELECT u.id, u.display_name AS "displayName" FROM app_user u WHERE u.active AND (
         EXISTS (SELECT FROM role_assignment r JOIN organisation_closure c ON c.organisation_id = r.organisation_id
           WHERE r.user_id = u.id AND c.ancestor_id = $1)
         OR EXISTS (SELECT FROM role_assignment r JOIN organisation_closure c ON c.ancestor_id = r.organisation_id
           WHERE r.user_id = u.id AND c.organisation_id = $1)
         OR EXISTS (SELECT FROM system s JOIN organisation_closure c ON c.organisation_id = s.organisation_id
           WHERE u.id IN (s.owner_id, s.deputy_id) AND c.ancestor_id = $1)) ORDER BY u.id`,
      [organisationId],
    );
    for (const { id, displayName } of people) {
      const name = comparable(displayName);
      if (this.wantedNames.has(name)) this.byName.set(name, [...(this.byName.get(name) ?? []), id]);
    }
  }
}
