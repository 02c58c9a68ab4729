import type { CellChange, PolicyDiff } from '../../../core/policy/policy-diff';
import { findingSentence } from '../finding-words';
import type { PackPlan } from './apply-pack';

const SIGN = { ADDED: '+', REMOVED: '-', CHANGED: '~' } as const;

/** A plan as text for a terminal: what differs cell by cell, and what that changes. */
export function planText({ organisation, diff, effects, below }: PackPlan): string {
  const { total } = effects;
  return [
    `Policy of ${organisation.name} (${organisation.code})`,
    ...diffLines(diff),
    '',
    `${total.systems} systems: ${total.verdictsChanged} change their verdict.`,
    `${total.begun} obligations begin (${total.begunMet} met already), ${total.ended} end, ${total.moved} are due on another day, ${total.reddened} become overdue.`,
    ...effects.tiers.map(
      ({ tier, systems, begun, ended, verdictsChanged }) =>
        `  ${tier.padEnd(9)} ${systems} systems, ${verdictsChanged} verdicts, +${begun} -${ended}`,
    ),
    ...effects.firstDue.map(({ dueOn, tier, obligations }) => `  first due ${dueOn} ${tier.padEnd(9)} ${obligations}`),
    ...below.flatMap(({ organisation: { name, code }, findings, rules }) => [
      `The policy of ${name} (${code}) would be below the floor:`,
      ...findings.map((finding) => `  ${findingSentence(finding, rules, 'en')}`),
    ]),
  ].join('\n');
}

function diffLines({ cells, rules }: PolicyDiff): string[] {
  const cell = ({ tier, field, before, after }: CellChange): string =>
    `    ${[tier, field].filter(Boolean).join('.')}: ${before ?? '—'} -> ${after ?? '—'}`;
  return [
    ...(cells.length > 0 ? ['  ~ policy', ...cells.map(cell)] : []),
    ...rules.flatMap(({ ruleKey, change, cells: changed }) => [`  ${SIGN[change]} ${ruleKey}`, ...changed.map(cell)]),
  ];
}
