import type { EntityManager } from 'typeorm';
import { SqlParameters } from '../../../access/scope/scope-sql';
import type { FrozenWording } from '../../../obligations/lists/frozen-wording';
import type { PackScope } from '../sections/pack-scope';
import type { Section } from '../sections/section';
import type { Snapshot } from './snapshot';

const PAGE = 500;

/** The ids of the people in the files so far: as many as there are people, however many records name them. */
export class PeopleNamed {
  readonly ids = new Set<string>();

  add(...ids: unknown[]): void {
    for (const id of ids) if (typeof id === 'string') this.ids.add(id);
  }

  /** The lines of a section, with its people noted on the way. */
  async *noting(
    section: Section,
    scope: PackScope,
    snapshot: Snapshot,
    wording: FrozenWording,
  ): AsyncGenerator<readonly object[]> {
    const parameters = new SqlParameters();
    const sql = section.sql(scope, parameters);
    for await (const rows of snapshot.pages<Record<string, unknown>>(sql, parameters)) {
      for (const row of rows) this.add(...(section.people ?? []).map((field) => row[field]));
      yield section.lines ? await section.lines(rows, wording) : rows;
    }
  }
}

/** Who they are, without their addresses; somebody who was erased has no name. */
export async function* peopleFile(m: EntityManager, people: PeopleNamed): AsyncGenerator<readonly object[]> {
  const ids = [...people.ids].sort();
  for (let at = 0; at < ids.length; at += PAGE)
    yield await m.query<object[]>(
      `SELECT id, CASE WHEN erased_at IS NULL THEN display_name END AS name, erased_at AS "erasedAt"
       FROM app_user WHERE id = ANY($1::uuid[]) ORDER BY id`,
      [ids.slice(at, at + PAGE)],
    );
}
