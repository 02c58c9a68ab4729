// Writes what the Config class says of each setting into docs/operations.md and .env.example, between the marks there.
//   node scripts/settings.mjs           rewrites both
//   node scripts/settings.mjs --check   changes nothing, and ends with 1 when one of them is out of date
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { Failure, ROOT } from './prepare.mjs';

const SOURCE = 'src/platform/config/config.ts';
const COMPOSE = 'docker-compose.yml';

const WRITTEN = [
  { path: 'docs/operations.md', begin: '<!-- settings -->', end: '<!-- /settings -->', body: table },
  { path: '.env.example', begin: '# <settings>', end: '# </settings>', body: examples },
];

/** What a validator says of the values, in the order in which one is looked for. */
const VALUES = {
  IsBoolean: () => '`1` or `0`',
  IsInt: (argumentsOf) => `integer, ${argumentsOf('Min')[0]} to ${argumentsOf('Max')[0]}`,
  IsIn: () => 'one of these words',
  IsTimeZone: () => 'IANA zone',
  IsEmail: () => 'mail address',
  IsUrl: () => 'URL',
  Matches: (argumentsOf) => (argumentsOf('Matches')[0].includes('\\/\\/') ? 'URL' : 'text'),
  IsString: () => 'text',
};

/** Every setting in the order of the class: name, sentence, default as text or null, and what its values are. */
function settings() {
  const file = ts.createSourceFile(SOURCE, read(SOURCE), ts.ScriptTarget.Latest, true);
  const config = file.statements.find((node) => ts.isClassDeclaration(node) && node.name?.text === 'Config');
  if (!config) throw new Failure(`${SOURCE} has no class Config`);
  return config.members.filter(ts.isPropertyDeclaration).map((property) => {
    const name = property.name.getText();
    const sentence = ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(property)[0]?.comment);
    if (!sentence) throw new Failure(`${SOURCE}: ${name} has no sentence`);
    return { name, sentence, standard: defaultOf(property), values: valuesOf(property, name) };
  });
}

function defaultOf({ initializer }) {
  if (!initializer) return null;
  if (initializer.kind === ts.SyntaxKind.TrueKeyword) return '1';
  if (initializer.kind === ts.SyntaxKind.FalseKeyword) return '0';
  return ts.isStringLiteral(initializer) ? initializer.text : initializer.getText();
}

function valuesOf(property, name) {
  const calls = (ts.getDecorators(property) ?? []).map(({ expression }) => expression).filter(ts.isCallExpression);
  const byName = new Map(
    calls.map((call) => [call.expression.getText(), call.arguments.map((node) => node.getText())]),
  );
  const found = Object.entries(VALUES).find(([validator]) => byName.has(validator));
  if (!found) throw new Failure(`${SOURCE}: ${name} has no validator that this script knows`);
  return found[1]((validator) => byName.get(validator) ?? ['?']);
}

function table() {
  const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
  const rows = settings().map(
    ({ name, values, standard, sentence }) =>
      `| \`${name}\` | ${values} | ${standard === null ? '–' : `\`${standard}\``} | ${cell(sentence)} |`,
  );
  return ['', '| Setting | Value | Default | Meaning |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}

/** The settings that docker-compose.yml takes from .env. Those with a default are comments. */
function examples() {
  const compose = read(COMPOSE);
  const asked = new Map([...compose.matchAll(/\$\{(\w+)(:[-?])/g)].map(([, name, operator]) => [name, operator]));
  const lines = settings()
    .filter(({ name }) => asked.has(name))
    .flatMap(({ name, standard, sentence }) => [
      `# ${sentence}${asked.get(name) === ':?' ? ' Required.' : ''}`,
      standard === null ? `${name}=` : `#${name}=${standard}`,
      '',
    ]);
  return ['', ...lines].join('\n');
}

/** A text with what is between its marks replaced. */
async function rewritten({ path, begin, end, body }) {
  const text = read(path);
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Failure(`${path} lacks the marks ${begin} and ${end}`);
  const whole = `${text.slice(0, from)}${begin}\n${body()}${text.slice(to)}`;
  if (!path.endsWith('.md')) return whole;
  const filepath = join(ROOT, path);
  return format(whole, { ...(await resolveConfig(filepath)), filepath });
}

function read(path) {
  return readFileSync(join(ROOT, path), 'utf8');
}

try {
  const unknown = process.argv.slice(2).filter((word) => word !== '--check');
  if (unknown.length > 0) throw new Failure(`Unknown: ${unknown.join(' ')}. Only --check is understood.`);
  const checking = process.argv.includes('--check');
  for (const file of WRITTEN) {
    const wanted = await rewritten(file);
    if (wanted === read(file.path)) continue;
    if (checking) throw new Failure(`${file.path} is out of date: run node scripts/settings.mjs`);
    writeFileSync(join(ROOT, file.path), wanted);
    process.stdout.write(`${file.path} rewritten\n`);
  }
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
