import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, detailsOf, scopeOf } from '../../access/actor';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { containsText } from '../../platform/database/text-search';
import { decodeCursor, pageOf } from '../../platform/http/cursor';
import { Problem } from '../../platform/http/problem';
import { ListOrganisationsQuery } from './dto/organisation.request';
import { OrganisationPage, OrganisationResponse } from './dto/organisation.response';
import { isOwnAdministrator } from './organisations.service';

type Row = Omit<OrganisationResponse, 'offered'>;

/** The codes from the top down to an organisation: sorted by them, a tree is listed from top to bottom. */
const codesOf = (organisation: string): string =>
  `(SELECT array_agg(a.code ORDER BY c.depth DESC) FROM organisation_closure c JOIN organisation a ON a.id = c.ancestor_id
    WHERE c.organisation_id = ${organisation})`;

const select = (actor: Actor, parameters: SqlParameters): string => `
  SELECT o.id, o.code, o.name, o.name_en AS "nameEn", o.kind, o.parent_id AS "parentId", o.row_version AS version,
    o.shares_details AS "sharesDetails",
    ${scopeCondition(detailsOf(scopeOf(actor, 'organisations:read')), parameters, 'o.id')} AS "detailsOpen",
    (SELECT max(depth) FROM organisation_closure WHERE organisation_id = o.id) AS depth,
    (SELECT array_agg(${actor.locale === 'en' ? 'coalesce(a.name_en, a.name)' : 'a.name'} ORDER BY c.depth DESC)
     FROM organisation_closure c JOIN organisation a ON a.id = c.ancestor_id WHERE c.organisation_id = o.id) AS path
  FROM organisation o`;

/** Reads of the organisation tree, within what the person may see. */
@Injectable()
export class OrganisationsQueries {
  constructor(private readonly dataSource: DataSource) {}

  async list(actor: Actor, { q, limit, cursor }: ListOrganisationsQuery): Promise<OrganisationPage> {
    const parameters = new SqlParameters();
    const conditions = [scopeCondition(scopeOf(actor, 'organisations:read'), parameters, 'o.id')];
    if (q?.trim()) conditions.push(containsText(['o.code', 'o.name', 'o.name_en'], parameters.bind(q.trim())));
    const [after] = decodeCursor(cursor, 'id') ?? [];
    if (after) conditions.push(`${codesOf('o.id')} > ${codesOf(parameters.bind(after))}`);
    const rows = await this.dataSource.query<Row[]>(
      `${select(actor, parameters)} WHERE ${conditions.join(' AND ')} ORDER BY ${codesOf('o.id')} LIMIT ${parameters.bind(limit + 1)}`,
      parameters.values,
    );
    const page = pageOf(rows, limit, ({ id }) => [id]);
    return { ...page, items: page.items.map((row) => offering(actor, row)) };
  }

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<OrganisationResponse> {
    const parameters = new SqlParameters();
    const scope = scopeCondition(scopeOf(actor, 'organisations:read'), parameters, 'o.id');
    const [row] = await this.dataSource.query<Row[]>(
      `${select(actor, parameters)} WHERE ${scope} AND o.id = ${parameters.bind(id)}`,
      parameters.values,
    );
    if (!row) throw new Problem(404, 'ORGANISATION_NOT_FOUND');
    return offering(actor, row);
  }
}

function offering(actor: Actor, row: Row): OrganisationResponse {
  const mayDecide = row.kind === 'AGENCY' && isOwnAdministrator(actor, row.id);
  return { ...row, offered: mayDecide ? [row.sharesDetails ? 'close-details' : 'share-details'] : [] };
}
