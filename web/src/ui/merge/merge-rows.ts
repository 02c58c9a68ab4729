/** A row of a list, field by field. */
export type MergeRow = object;

/** How the rows of one list of a form are told apart; a list of a form by its name. */
export type RowKeys<V> = { [name in keyof V & string]?: (row: never) => string };

/** One piece that is chosen by itself: a field, the order of a list, a row that only some have, a field of a row that all have. */
export interface Part {
  list: string | null;
  /** The key of the row; `null` for a field, and for the order of a list. */
  row: string | null;
  field: string | null;
}

export type Pieces = Record<string, unknown>;

const nameOf = (...parts: string[]) => JSON.stringify(parts);

/** What the name of a piece says. */
export function partOf(name: string): Part {
  const [list, row, field] = JSON.parse(name) as string[];
  return row === undefined
    ? { list: null, row: null, field: list ?? null }
    : row === ''
      ? { list: list ?? null, row: null, field: null }
      : { list: list ?? null, row, field: field ?? null };
}

type Rows = ReadonlyMap<string, MergeRow>;

/** The rows by their keys; of rows with the same key, the second and later ones are counted. */
export function rowsOf<V extends object>(version: V, list: string, keys: RowKeys<V>): Rows {
  const rows = new Map<string, MergeRow>();
  for (const row of version[list as keyof V] as MergeRow[]) {
    const key = keys[list as keyof V & string]?.(row as never) ?? '';
    let place = `${key}#1`;
    for (let n = 2; rows.has(place); n += 1) place = `${key}#${n}`;
    rows.set(place, row);
  }
  return rows;
}

/** The versions in pieces: rows that all of them have are taken apart into their fields. */
export function inPieces<V extends object>(versions: readonly V[], keys: RowKeys<V>): Pieces[] {
  const lists = Object.keys(keys);
  const rows = versions.map((version) => lists.map((list) => rowsOf(version, list, keys)));
  return versions.map((version, at) => {
    const pieces: Pieces = {};
    for (const [name, value] of Object.entries(version)) if (!lists.includes(name)) pieces[nameOf(name)] = value;
    lists.forEach((list, index) => {
      const own = rows[at]?.[index] ?? new Map<string, MergeRow>();
      const isShared = (key: string) => rows.every((each) => each[index]?.has(key));
      pieces[nameOf(list, '')] = [...own.keys()].filter(isShared);
      for (const [key, row] of own)
        if (!isShared(key)) pieces[nameOf(list, key)] = row;
        else for (const [field, value] of Object.entries(row)) pieces[nameOf(list, key, field)] = value;
    });
    return pieces;
  });
}

/** A version of pieces; rows that only one of the two has come after the row that they follow there. */
export function whole<V extends object>(pieces: Pieces, mine: V, theirs: V, keys: RowKeys<V>): V {
  const version: Pieces = {};
  const fields = new Map<string, Map<string, MergeRow>>(Object.keys(keys).map((list) => [list, new Map()]));
  for (const [name, value] of Object.entries(pieces)) {
    const { list, row, field } = partOf(name);
    if (list === null) version[field ?? ''] = value;
    else if (row !== null && value !== undefined) {
      const rows = fields.get(list);
      rows?.set(row, field === null ? (value as MergeRow) : { ...rows.get(row), [field]: value });
    }
  }
  for (const [list, rows] of fields) {
    const order = (pieces[nameOf(list, '')] as string[]).filter((key) => rows.has(key));
    for (const from of [theirs, mine]) {
      const there = [...rowsOf(from, list, keys).keys()];
      there.forEach((key, at) => {
        if (!rows.has(key) || order.includes(key)) return;
        const before = there.slice(0, at).findLast((each) => order.includes(each));
        order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
      });
    }
    version[list] = order.map((key) => rows.get(key));
  }
  return version as V;
}
