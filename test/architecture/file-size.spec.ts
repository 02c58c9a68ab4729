import { dirname } from 'node:path';
import { filesUnder, isSpec, read } from './source-tree';

const MOST_LINES = 300;
const FEWER_FILES_THAN = 12;

const isCode = (path: string): boolean => /\.(ts|tsx|mjs|js|css)$/.test(path);
const CODE = filesUnder('src', 'test', 'bench', 'scripts', 'web/src').filter(isCode);

describe('the size of the code', () => {
  it(`is at most ${MOST_LINES} lines a file`, () => {
    const long = CODE.map((path) => ({ path, lines: read(path).trimEnd().split('\n').length }));
    expect(long.filter(({ lines }) => lines > MOST_LINES)).toEqual([]);
  });

  it(`is fewer than ${FEWER_FILES_THAN} files a folder, the specs beside them apart`, () => {
    const counts = new Map<string, number>();
    for (const path of CODE.filter((file) => !isSpec(file) && !file.startsWith('test/')))
      counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
    // The root of a tree holds its entry points, one a process.
    const full = [...counts].filter(
      ([folder, count]) => count >= FEWER_FILES_THAN && !['src', 'web/src'].includes(folder),
    );
    expect(full).toEqual([]);
  });
});
