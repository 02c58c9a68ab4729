import { AUDIT_ACTIONS } from '../../src/audit/audit-actions';
import { filesUnder, isSpec, read } from './source-tree';

/** The log itself only says of which type its columns are. */
const SOURCES = filesUnder('src').filter(
  (path) => path.endsWith('.ts') && !isSpec(path) && !path.endsWith('/audit-log.ts'),
);

type Catalogue = Record<string, Record<string, unknown>>;

describe.each(['ja', 'en'])('the pages’ catalogue in %s', (locale) => {
  const catalogue = JSON.parse(read(`web/src/messages/${locale}.json`)) as Catalogue;

  it('has words for every action that can be on record, and for no other', () => {
    const worded = Object.entries(catalogue.auditAction ?? {}).flatMap(([group, actions]) =>
      Object.keys(actions as object).map((name) => `${group}.${name}`),
    );
    expect(worded.sort()).toEqual([...AUDIT_ACTIONS].sort());
    const groups = new Set(AUDIT_ACTIONS.map((action) => action.split('.')[0]));
    expect(Object.keys(catalogue.auditGroup ?? {}).sort()).toEqual([...groups].sort());
  });

  it('has words for every kind of record', () => {
    const kinds = new Set(
      SOURCES.flatMap((path) => [...read(path).matchAll(/recordType: '([^']+)'/g)].map(([, kind]) => kind)),
    );
    expect(kinds.size).toBeGreaterThan(10);
    expect([...kinds].filter((kind) => !(String(kind) in (catalogue.auditRecord ?? {})))).toEqual([]);
  });
});
