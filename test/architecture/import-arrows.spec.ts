import { filesUnder, importsOf, isSpec, parse, read, resolved } from './source-tree';

/** What the files of one part of the tree may import. Paths are from the root, without extension. */
interface Arrow {
  part: RegExp;
  may: readonly RegExp[];
  /** Whether packages and Node's own modules may be imported too. */
  packages: boolean;
}

const within = (...parts: readonly string[]): RegExp[] => parts.map((part) => new RegExp(`^src/${part}/`));
const ANYTHING = /./;
const ENTITY = /\.entity$/;
/** A file of a feature without a role of its own: rules of its rows, which another feature may read them by. */
const PLAIN = /^src\/(registry|evidence)\/(?!.*\/dto\/)(.*\/)?[^./]+$/;
/** The obligations for those who change facts, and for those who only read. */
const LEDGER = /^src\/obligations\/(?!.*\.(controller|queries|module)$)/;
const READING = /^src\/obligations\/(?!obligation-ledger$|evidence-intake$|refresh-|.*\.(controller|module)$)/;

/** docs/architecture.md: who may import whom. A file follows the first arrow whose part it is in, and may import its own feature. */
const ARROWS: readonly Arrow[] = [
  { part: /^src\/core\//, may: within('core'), packages: false },
  { part: /^src\/platform\//, may: [...within('core', 'platform', 'messages')], packages: true },
  // An entity is a leaf: it knows the words of the rules and what it stores, not who works with it.
  { part: ENTITY, may: [...within('core', 'platform'), ENTITY], packages: true },
  // What wires the parts together knows all of them.
  { part: /^src\/[^/]+$|\.module$|^src\/demo\//, may: [ANYTHING], packages: true },
  { part: /^src\/(access|audit)\//, may: [...within('core', 'platform', 'access', 'audit'), ENTITY], packages: true },
  {
    part: /^src\/obligations\//,
    may: [...within('core', 'platform', 'access', 'obligations'), ENTITY],
    packages: true,
  },
  {
    part: /^src\/(registry|evidence)\//,
    may: [...within('core', 'platform', 'access', 'audit'), LEDGER, PLAIN, ENTITY],
    packages: true,
  },
  // Reminders hand what is to be sent over to the outbox.
  {
    part: /^src\/views\/reminders\//,
    may: [...within('core', 'platform', 'access', 'audit', 'views/outbox'), READING, ENTITY],
    packages: true,
  },
  { part: /^src\/views\//, may: [...within('core', 'platform', 'access', 'audit'), READING, ENTITY], packages: true },
];

const WIRING = /^src\/[^/]+$|\.module$|^src\/demo\//;
const featureOf = (path: string): string => `${path.split('/').slice(0, 3).join('/')}/`;

/** What the file imports and should not. */
function strayImports(path: string, text = read(path)): string[] {
  const own = path.replace(/\.ts$/, '');
  const arrow = ARROWS.find(({ part }) => part.test(own));
  return importsOf(parse(path, text)).filter((specifier) => {
    const target = resolved(path, specifier);
    if (target === null) return !arrow?.packages;
    if (/\.module$/.test(target) && !WIRING.test(own)) return true;
    return !target.startsWith(featureOf(own)) && !arrow?.may.some((allowed) => allowed.test(target));
  });
}

const SOURCES = filesUnder('src').filter((path) => path.endsWith('.ts') && !isSpec(path));

describe('the arrows between the parts of the tree', () => {
  it('say something about every file', () => {
    const unknown = SOURCES.filter((path) => !ARROWS.some(({ part }) => part.test(path.replace(/\.ts$/, ''))));
    expect(unknown).toEqual([]);
  });

  it('are kept by every file', () => {
    const stray = SOURCES.flatMap((path) => strayImports(path).map((specifier) => `${path} imports ${specifier}`));
    expect(stray).toEqual([]);
  });

  it.each([
    ['core takes no package', 'src/core/a/b.ts', "import x from 'uuid'", true],
    ['core takes nothing of Node', 'src/core/a/b.ts', "import { x } from 'node:fs'", true],
    ['core takes core', 'src/core/a/b.ts', "import { x } from '../c/d'", false],
    ['core takes no platform', 'src/core/a/b.ts', "import type { x } from '../../platform/clock/clock'", true],
    [
      'core takes none in a type either',
      'src/core/a/b.ts',
      "type X = import('../../platform/clock/clock').Clock",
      true,
    ],
    ['core takes none when it runs either', 'src/core/a/b.ts', "const x = await import('../../platform/x/y')", true],
    ['platform takes core', 'src/platform/a/b.ts', "import { x } from '../../core/c/d'", false],
    ['platform takes no feature', 'src/platform/a/b.ts', "import { x } from '../../access/actor'", true],
    ['not even when it wires', 'src/platform/a.module.ts', "import { x } from '../registry/a/a.entity'", true],
    [
      'obligations take entities',
      'src/obligations/a.ts',
      "import { x } from '../registry/systems/system.entity'",
      false,
    ],
    [
      'obligations take no service',
      'src/obligations/a.ts',
      "import { x } from '../registry/systems/systems.service'",
      true,
    ],
    [
      'obligations take no plain file of a feature',
      'src/obligations/a.ts',
      "import { x } from '../registry/a/b'",
      true,
    ],
    [
      'a feature takes the ledger',
      'src/registry/a/a.service.ts',
      "import { x } from '../../obligations/obligation-ledger'",
      false,
    ],
    [
      'a feature takes no queries of obligations',
      'src/registry/a/a.service.ts',
      "import { x } from '../../obligations/obligations.queries'",
      true,
    ],
    ['a feature takes its own service', 'src/registry/a/a.controller.ts', "import { x } from './a.service'", false],
    [
      'a feature takes no service of another',
      'src/registry/a/a.service.ts',
      "import { x } from '../b/b.service'",
      true,
    ],
    ['a feature takes no dto of another', 'src/registry/a/a.service.ts', "import { x } from '../b/dto/b-row'", true],
    [
      'a feature takes no evidence service',
      'src/registry/a/a.service.ts',
      "import { x } from '../../evidence/b/b.service'",
      true,
    ],
    ['a feature takes no view', 'src/evidence/a/a.service.ts', "import { x } from '../../views/a/b'", true],
    ['a view takes no view', 'src/views/a/a.ts', "export { x } from '../b/b'", true],
    ['a view takes queries', 'src/views/a/a.ts', "import { x } from '../../obligations/obligations.queries'", false],
    ['a view takes no ledger', 'src/views/a/a.ts', "import { x } from '../../obligations/obligation-ledger'", true],
    ['a module takes modules', 'src/views/a/a.module.ts', "import { x } from '../b/b.module'", false],
    ['nothing else does', 'src/registry/a/a.service.ts', "import { x } from './a.module'", true],
    ['an entity takes no service', 'src/registry/a/a.entity.ts', "import { x } from '../../access/actor'", true],
  ])('%s', (_, path, text, stray) => {
    expect(strayImports(path, text).length > 0).toBe(stray);
  });
});

describe('barrel files', () => {
  it('do not exist: an import names the file that it means', () => {
    expect(filesUnder('src', 'test', 'bench', 'web/src').filter((path) => /\/index\.tsx?$/.test(path))).toEqual([]);
  });

  it('do not exist under another name either', () => {
    const reexporting = SOURCES.filter((path) => /^export \* from/m.test(read(path)));
    expect(reexporting).toEqual([]);
  });
});
