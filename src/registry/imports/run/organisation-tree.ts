import { EntityManager } from 'typeorm';
import { newId } from '../../../platform/database/id';
import { unnest } from '../../../platform/database/unnest';
import type { OrganisationKind } from '../../organisations/organisation.entity';
import type { RowFault } from '../import-rejection.entity';
import { comparable } from '../reading/cell-text';
import type { PathLevel } from '../reading/read-row';

interface Node {
  id: string;
  kind: OrganisationKind;
  /** Empty until it is written, for one that is made. */
  code: string;
  /** In an agency that keeps its details to itself; nothing is taken in there from above. */
  closed?: boolean;
}

/** An organisation that the import makes. */
export interface NewOrganisation extends Node {
  name: string;
  parent: Node;
  /** Names from below the root down, for people to read. */
  path: string;
}

const LONGEST_CODE = 50;

/** The organisations below the root of an import, found by their names; those that are missing are made, if the mapping allows it. */
export class OrganisationTree {
  /** In the order in which they can be written: the upper one first. */
  readonly made: NewOrganisation[] = [];
  private readonly children = new Map<string, Map<string, Node[]>>();

  private constructor(
    private readonly root: Node,
    private readonly mayMake: boolean,
  ) {}

  static async load(m: EntityManager, rootId: string, mayMake: boolean): Promise<OrganisationTree> {
    const rows = await m.query<(Node & { name: string; parentId: string | null })[]>(
      `SELECT o.id, o.code, o.name, o.kind, o.parent_id AS "parentId", NOT c.details_open AS closed
       FROM organisation_closure c JOIN organisation o ON o.id = c.organisation_id
       WHERE c.ancestor_id = $1 ORDER BY c.depth, o.id`,
      [rootId],
    );
    const [root, ...below] = rows;
    if (!root) throw new Error(`organisation ${rootId} is gone`);
    const tree = new OrganisationTree(root, mayMake);
    for (const { parentId, name, ...node } of below) tree.add(parentId ?? rootId, name, node);
    return tree;
  }

  /** The organisation at the end of a path, or why there is none. Asking again gives the same one. */
  resolve(path: readonly PathLevel[]): { id: string } | { fault: RowFault } {
    let node = this.root;
    for (const [level, { name, column, kind }] of path.entries()) {
      const found = this.children.get(node.id)?.get(comparable(name)) ?? [];
      const value = path
        .slice(0, level + 1)
        .map((part) => part.name)
        .join(' / ');
      if (found[0]?.closed) return { fault: { column, code: 'ORGANISATION_CLOSED', params: { value } } };
      if (found.length > 1) return { fault: { column, code: 'ORGANISATION_AMBIGUOUS', params: { value } } };
      if (!found[0] && !this.mayMake) return { fault: { column, code: 'ORGANISATION_NOT_FOUND', params: { value } } };
      node = found[0] ?? this.make(node, name, kind, value);
    }
    return { id: node.id };
  }

  /** The organisation, or for one that is still to be made the nearest above it that is registered. */
  registered(id: string): string {
    const made = this.made.find((one) => one.id === id);
    return made ? this.registered(made.parent.id) : id;
  }

  /** Writes the organisations that are made, with codes that are free. The caller audits them. */
  async write(m: EntityManager, now: Date): Promise<void> {
    if (this.made.length === 0) return;
    for (const made of this.made) made.code = `${made.parent.code}/${made.name}`;
    const taken = new Set(
      (
        await m.query<{ code: string }[]>('SELECT code FROM organisation WHERE code = ANY($1::text[])', [
          this.made.map(({ code }) => code),
        ])
      ).map(({ code }) => code),
    );
    for (const made of this.made) {
      if (taken.has(made.code) || made.code.length > LONGEST_CODE)
        made.code = `${made.code.slice(0, LONGEST_CODE - 9)}~${made.id.slice(-8)}`;
      taken.add(made.code);
    }
    const rows = this.made.map(({ id, code, name, kind, parent }) => ({
      id,
      code,
      name,
      kind,
      parentId: parent.id,
      createdAt: now,
      updatedAt: now,
    }));
    const types = {
      id: 'uuid',
      code: 'text',
      name: 'text',
      kind: 'text',
      parentId: 'uuid',
      createdAt: 'timestamptz',
      updatedAt: 'timestamptz',
    };
    const { columns, source, values } = unnest(rows, types, 'made');
    await m.query(`INSERT INTO organisation (${columns.join(', ')}) SELECT * FROM ${source}`, values);
  }

  private make(parent: Node, name: string, kind: OrganisationKind | null, path: string): NewOrganisation {
    const belowOffice = parent.kind === 'MINISTRY' || parent.kind === 'AGENCY';
    const made: NewOrganisation = {
      id: newId(),
      code: '',
      kind: kind ?? (belowOffice ? 'BUREAU' : 'DIVISION'),
      name,
      parent,
      path,
    };
    this.made.push(made);
    this.add(parent.id, name, made);
    return made;
  }

  private add(parentId: string, name: string, node: Node): void {
    const siblings = this.children.get(parentId) ?? new Map<string, Node[]>();
    this.children.set(parentId, siblings);
    siblings.set(comparable(name), [...(siblings.get(comparable(name)) ?? []), node]);
  }
}
