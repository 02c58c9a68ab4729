import { ROLES } from '../../src/access/role-assignment.entity';
import { DRILL_TYPES, EVIDENCE_KINDS, OUTCOMES } from '../../src/core/evidence/evidence';
import { STRENGTHS } from '../../src/core/evidence/evidence-strength';
import { TIERS } from '../../src/core/importance/tier';
import { IMPROVEMENT_SOURCES, IMPROVEMENT_STATUSES } from '../../src/core/improvement/improvement-item';
import { STATES } from '../../src/core/obligation/obligation';
import { RULE_KINDS, TARGETS } from '../../src/core/policy/rule';
import { VERDICTS } from '../../src/core/readiness/system-verdict';
import en from '../../src/messages/en.json';
import ja from '../../src/messages/ja.json';
import { HOSTINGS, LIFECYCLES } from '../../src/registry/systems/system.entity';
import { filesUnder, isSpec, read } from './source-tree';

const GLOSSARY = read('docs/domain-language.md');

/** The cells of the table under a heading, row by row, without its head. */
function rowsUnder(heading: string): string[][] {
  const section = GLOSSARY.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const code = (value: string): string => `\`${value}\``;

describe('the glossary', () => {
  it.each([
    ['Tiers', TIERS, 'tier'],
    ['States', STATES, 'state'],
    ['Verdicts', VERDICTS, 'verdict'],
    ['Evidence kinds', EVIDENCE_KINDS, 'evidenceKind'],
    ['Outcomes', OUTCOMES, 'outcome'],
    ['Strengths', STRENGTHS, 'strength'],
    ['Drill types', DRILL_TYPES, 'drillType'],
    ['Sources of improvement items', IMPROVEMENT_SOURCES, 'improvementSource'],
    ['Statuses of improvement items', IMPROVEMENT_STATUSES, 'improvementStatus'],
    ['Roles', ROLES, 'role'],
    ['Lifecycles', LIFECYCLES, 'lifecycle'],
    ['Hostings', HOSTINGS, 'hosting'],
    ['Targets', TARGETS, 'target'],
  ] as const)(
    'has the %s of the code, in their order and with the words of the catalogues',
    (heading, values, group) => {
      const words = (catalogue: object): Record<string, string> =>
        (catalogue as Record<string, Record<string, string>>)[group] ?? {};
      const expected = values.map((value) => [code(value), words(ja)[value], words(en)[value]]);
      expect(rowsUnder(heading).map((row) => row.slice(0, 3))).toEqual(expected);
    },
  );

  it('has the kinds of rules', () => {
    expect(rowsUnder('Rule kinds').map(([kind]) => kind)).toEqual(RULE_KINDS.map(code));
  });

  const source = filesUnder('src')
    .filter((path) => path.endsWith('.ts') && !isSpec(path))
    .map(read)
    .join('\n');
  const names = ['Things', 'What is said of an obligation', 'Reminders'].flatMap((heading) =>
    rowsUnder(heading).flatMap((row) => [...row.join(' ').matchAll(/`(\w+)`/g)].map(([, name]) => name as string)),
  );

  it('gives names that are in the code', () => {
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(source))).toEqual([]);
  });
});
