import ts from 'typescript';
import { filesUnder, isSpec, parse, read, walk } from './source-tree';

const LEFT_OUT = /^(x|f)(describe|it|test)$/;
const SET_ASIDE = new Set(['skip', 'only', 'todo', 'failing']);
const BLOCKS = /^(describe|it|test)\b/;

const isConstant = (node: ts.Node | undefined): boolean =>
  node !== undefined &&
  (ts.isLiteralExpression(node) ||
    [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind));

/** What makes a test one that is not run, or that passes whatever the code does. */
function cannotFail(node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node) && SET_ASIDE.has(node.name.text) && BLOCKS.test(node.getText()))
    return `${node.getText()} is set aside`;
  if (!ts.isCallExpression(node)) return null;
  const called = node.expression.getText();
  if (LEFT_OUT.test(called)) return `${called} is left out or shuts out others`;
  if (called === 'expect' && isConstant(node.arguments[0])) return `${node.getText()} is known beforehand`;
  if (/^(it|test)(\.each\b.*)?$/s.test(called)) {
    const body = node.arguments[1];
    const isFunction = body && (ts.isArrowFunction(body) || ts.isFunctionExpression(body));
    if (isFunction && ts.isBlock(body.body) && body.body.statements.length === 0) return 'a test without a body';
  }
  return null;
}

function hopeless(path: string, text = read(path)): string[] {
  const file = parse(path, text);
  const found: string[] = [];
  walk(file, (node) => {
    const why = cannotFail(node);
    if (why) found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${why}`);
  });
  return found;
}

describe('tests', () => {
  it('all run and all can fail', () => {
    expect(
      filesUnder('src', 'test', 'web')
        .filter(isSpec)
        .flatMap((path) => hopeless(path)),
    ).toEqual([]);
  });

  it('are named as they are, without “should”', () => {
    const wishes = filesUnder('src', 'test', 'web')
      .filter(isSpec)
      .filter((path) => /\b(it|test)(\.each\([^)]*\))?\(\s*['"`]should\b/.test(read(path)));
    expect(wishes).toEqual([]);
  });

  const [it_, test_, describe_, expect_] = ['it', 'test', 'describe', 'expect'];

  it.each([
    [`${it_}.skip('a', () => { f(); })`, 1],
    [`${it_}.only('a', () => { f(); })`, 1],
    [`${test_}.todo('a')`, 1],
    [`${describe_}.skip('a', () => { f(); })`, 1],
    [`${it_}.skip.each([1])('a', () => { f(); })`, 1],
    [`x${it_}('a', () => { f(); })`, 1],
    [`f${describe_}('a', () => { f(); })`, 1],
    [`${expect_}(true).toBe(true)`, 1],
    [`${expect_}(1).toBeGreaterThan(0)`, 1],
    [`${expect_}('a').toBeTruthy()`, 1],
    [`${it_}('a', () => {})`, 1],
    [`${it_}.each([1])('a', () => {})`, 1],
    [`${it_}('a', () => { ${expect_}(f()).toBe(true); })`, 0],
    [`${it_}.each([1])('a', () => { ${expect_}(f()).toBe(1); })`, 0],
    ['items.only(1); rows.skip', 0],
  ])('%s is hopeless: %s', (text, count) => {
    expect(hopeless('test/a.spec.ts', text)).toHaveLength(count);
  });
});
