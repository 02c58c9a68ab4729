import ts from 'typescript';
import { filesUnder, isSpec, parse, read, walk } from './source-tree';

/** Lines that ask the machine for the time: `new Date()` without argument, `Date()`, `Date.now`. */
function clockReadings(path: string, text = read(path)): string[] {
  return lines(path, text, (node) => {
    const isDate = (expression: ts.Expression): boolean => expression.getText() === 'Date';
    if (ts.isPropertyAccessExpression(node)) return isDate(node.expression) && node.name.text === 'now';
    if (ts.isNewExpression(node)) return isDate(node.expression) && (node.arguments ?? []).length === 0;
    return ts.isCallExpression(node) && isDate(node.expression);
  });
}

/** Lines that read the environment of the process. */
function environmentReadings(path: string, text = read(path)): string[] {
  return lines(
    path,
    text,
    (node) =>
      ts.isPropertyAccessExpression(node) && node.expression.getText() === 'process' && node.name.text === 'env',
  );
}

function lines(path: string, text: string, isFound: (node: ts.Node) => boolean): string[] {
  const file = parse(path, text);
  const found: string[] = [];
  walk(file, (node) => {
    if (isFound(node)) found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
  });
  return found;
}

const SOURCES = filesUnder('src').filter((path) => path.endsWith('.ts') && !isSpec(path));

describe('the clock', () => {
  it('is read in one place', () => {
    const outside = SOURCES.filter((path) => !path.startsWith('src/platform/clock/'));
    expect(outside.flatMap((path) => clockReadings(path))).toEqual([]);
  });

  it('is read there, so this test knows a reading when it sees one', () => {
    expect(clockReadings('src/platform/clock/clock.ts')).toHaveLength(1);
  });

  it.each([
    ['new Date()', 1],
    ['new Date', 1],
    ['Date.now()', 1],
    ['Date()', 1],
    ['const now = Date.now', 1],
    ['new Date(0)', 0],
    ['new Date(text)', 0],
    ['Date.UTC(2026, 0, 1)', 0],
    ['// new Date()', 0],
    ['clock.now()', 0],
  ])('%s is %s reading', (text, count) => {
    expect(clockReadings('src/a/b.ts', text)).toHaveLength(count);
  });
});

describe('the environment', () => {
  it('is read in one place', () => {
    const outside = SOURCES.filter((path) => !path.startsWith('src/platform/config/'));
    expect(outside.flatMap((path) => environmentReadings(path))).toEqual([]);
  });

  it('is read there, so this test knows a reading when it sees one', () => {
    expect(filesUnder('src/platform/config').flatMap((path) => environmentReadings(path))).not.toEqual([]);
  });
});
