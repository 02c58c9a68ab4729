import type { CellChange, PolicyDiff } from '../../../core/policy/policy-diff';
import { findingSentence } from '../finding-words';
import type { PackPlan } from './apply-pack';

const SIGN = { ADDED: '+', REMOVED: '-', CHANGED: '~' } as const;

/** A plan as text for a terminal: what differs cell by cell, and what that changes. */
export function planText({ organisation, effectiveOn, diff, effects, names, below }: PackPlan): string {
  const { total } = effects;
  const [organisations, systems] = [byId(names.organisations), byId(names.systems)];
  return [
    `Policy of ${organisation.name} (${organisation.code}), adopted on ${effectiveOn}`,
    ...diffLines(diff),
    '',
    `${total.systems} systems: ${total.verdictsChanged} change their verdict.`,
    `${total.begun} obligations begin (${total.begunMet} met already), ${total.ended} end, ${total.moved} are due on another day, ${total.reddened} become overdue.`,
    ...effects.tiers.map(
      ({ tier, systems, begun, ended, verdictsChanged }) =>
        `  ${tier.padEnd(9)} ${systems} systems, ${verdictsChanged} verdicts, +${begun} -${ended}`,
    ),
    ...effects.firstDue.map(({ dueOn, tier, obligations }) => `  first due ${dueOn} ${tier.padEnd(9)} ${obligations}`),
    ...listed(
      'By organisation:',
      effects.organisations.map(
        ({ organisationId, ...effect }) =>
          `${organisations(organisationId)}: ${effect.verdictsChanged} of ${effect.systems} systems change their verdict, ` +
          `+${effect.begun} -${effect.ended}, ${effect.moved} on another day, ${effect.reddened} become overdue`,
      ),
      effects.organisations.length,
    ),
    ...listed(
      'Systems that change their verdict:',
      effects.changed.map(({ systemId, from, to }) => `${systems(systemId)}: ${from ?? '—'} -> ${to ?? '—'}`),
      total.verdictsChanged,
    ),
    ...below.flatMap(({ organisation: { name, code }, findings, rules }) => [
      `The policy of ${name} (${code}) would be below the floor:`,
      ...findings.map((finding) => `  ${findingSentence(finding, rules, 'en')}`),
    ]),
  ].join('\n');
}

/** A terminal is not scrolled through for longer lists. */
const MOST_LINES = 50;

/** @param of how many there are, which may be more than there are lines. */
function listed(title: string, lines: readonly string[], of: number): string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, MOST_LINES);
  const left = of - shown.length;
  return ['', title, ...shown.map((line) => `  ${line}`), ...(left > 0 ? [`  … and ${left} more`] : [])];
}

function byId(all: PackPlan['names']['systems']): (id: string) => string {
  const names = new Map(all.map(({ id, code, name }) => [id, `${code} ${name}`]));
  return (id) => names.get(id) ?? id;
}

function diffLines({ cells, rules }: PolicyDiff): string[] {
  const cell = ({ tier, field, before, after }: CellChange): string =>
    `    ${[tier, field].filter(Boolean).join('.')}: ${before ?? '—'} -> ${after ?? '—'}`;
  return [
    ...(cells.length > 0 ? ['  ~ policy', ...cells.map(cell)] : []),
    ...rules.flatMap(({ ruleKey, change, cells: changed }) => [`  ${SIGN[change]} ${ruleKey}`, ...changed.map(cell)]),
  ];
}
