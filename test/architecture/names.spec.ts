import { basename, dirname } from 'node:path';
import ts from 'typescript';
import { filesUnder, parse, read, walk } from './source-tree';

const FILES = filesUnder('src', 'test', 'bench', 'scripts', 'web/src');
const CATCH_ALL = ['common', 'shared', 'utils', 'util', 'helpers', 'helper', 'misc', 'lib'];
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;

describe('names of files and folders', () => {
  it('say what is inside: there is no folder for whatever is left over', () => {
    const folders = new Set(FILES.flatMap((path) => dirname(path).split('/')));
    expect([...folders].filter((folder) => CATCH_ALL.includes(folder))).toEqual([]);
  });

  it('are kebab-case', () => {
    const odd = FILES.filter((path) => /\.(ts|tsx|mjs|css)$/.test(path) && !KEBAB.test(basename(path)));
    expect(odd).toEqual([]);
  });

  it('of code that is written nowhere else end in the language', () => {
    expect(FILES.filter((path) => path.startsWith('src/') && !/\.(ts|json)$/.test(path))).toEqual([]);
  });
});

/** Words that name an instant without `At`: when a transition happened, since when a state holds, until when a lease does. */
const INSTANT = /At$|^at$|^since$|Until$/;

/** The columns of an entity whose name does not say what they hold. */
function misnamedColumns(path: string, text = read(path)): string[] {
  const odd: string[] = [];
  walk(parse(path, text), (node) => {
    if (!ts.isPropertyDeclaration(node)) return;
    const type = columnType(node);
    if (!type) return;
    const name = node.name.getText();
    if ((type === 'date') !== name.endsWith('On') || (type === 'timestamptz') !== INSTANT.test(name))
      odd.push(`${path}: ${name} is ${type}`);
  });
  return odd;
}

/** The first argument of `@Column(…)` or `@PrimaryColumn(…)`; null for a property that is no column. */
function columnType(property: ts.PropertyDeclaration): string | null {
  for (const { expression } of ts.getDecorators(property) ?? []) {
    if (!ts.isCallExpression(expression) || !/^(Primary)?Column$/.test(expression.expression.getText())) continue;
    const [first] = expression.arguments;
    return first && ts.isStringLiteral(first) ? first.text : 'a type not named';
  }
  return null;
}

describe('names of columns', () => {
  it('end in On for civil dates and in At for instants, and only then', () => {
    expect(
      filesUnder('src')
        .filter((path) => path.endsWith('.entity.ts'))
        .flatMap((path) => misnamedColumns(path)),
    ).toEqual([]);
  });

  it.each([
    ["@Column('date') dueOn: string;", 0],
    ["@Column('date') dueAt: string;", 1],
    ["@Column('date', { nullable: true }) due: string | null;", 1],
    ["@Column('timestamptz') recordedAt: Date;", 0],
    ["@Column('timestamptz') recordedOn: Date;", 1],
    ["@Column('timestamptz') recorded: Date;", 1],
    ["@Column('timestamptz') since: Date;", 0],
    ["@Column('timestamp') recordedAt: Date;", 1],
    ["@Column('text') writtenOn: string;", 1],
    ["@Column('text') format: string;", 0],
    ['@Column() name: string;', 0],
    ['plannedOn: string;', 0],
  ])('%s is misnamed: %s', (property, count) => {
    expect(misnamedColumns('src/a/b.entity.ts', `class B { ${property} }`)).toHaveLength(count);
  });
});
