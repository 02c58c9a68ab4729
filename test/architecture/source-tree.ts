import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** The root of the repository. */
export const ROOT = resolve(__dirname, '..', '..');

const SKIPPED = new Set(['node_modules', 'dist', 'coverage', 'generated']);

/** Paths of all files below the folders that exist, relative to the root, in order. */
export function filesUnder(...folders: readonly string[]): string[] {
  return folders
    .filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => join(folder, name)))
    .filter((path) => !SKIPPED.has(path.split('/').at(-1) ?? ''))
    .flatMap((path) => (statSync(join(ROOT, path)).isDirectory() ? filesUnder(path) : [path]))
    .sort();
}

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export const isSpec = (path: string): boolean => /[.-]spec\.tsx?$/.test(path);

/** The syntax tree of one file, with parents, and without types. */
export function parse(path: string, text = read(path)): ts.SourceFile {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
}

/** Calls `visit` for a node and everything within it. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

/** Everything the file imports, however it is written: what stands between the quotes. */
export function importsOf(file: ts.SourceFile): string[] {
  const found: string[] = [];
  walk(file, (node) => {
    const named =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isExternalModuleReference(node)
          ? node.expression
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : ts.isCallExpression(node) &&
                (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require')
              ? node.arguments[0]
              : undefined;
    if (named && ts.isStringLiteralLike(named)) found.push(named.text);
  });
  return found;
}

/** A relative import as a path from the root without `.ts`; anything else, a package, as null. */
export function resolved(from: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return relative(ROOT, resolve(ROOT, dirname(from), specifier)).replace(/\.tsx?$/, '');
}
