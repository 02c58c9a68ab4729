import { DRILL_TYPES, EVIDENCE_KINDS, SUBJECTS } from '../../core/evidence/evidence';
import { STRENGTHS } from '../../core/evidence/evidence-strength';
import { TIERS } from '../../core/importance/tier';
import { PolicyRules, RULE_KINDS, TARGETS } from '../../core/policy/rule';
import { FieldProblem } from '../../platform/http/problem';
import {
  aBoolean,
  aPeriod,
  aText,
  anObject,
  aWhole,
  type Check,
  listOf,
  oneOf,
  optional,
  required,
} from './shape-checks';

const KEY = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MOST_RULES = 200;
/** Ten years, as much as any target may be. */
const MOST_MINUTES = 10 * 366 * 24 * 60;

const condition: Check = (value, field) => {
  const { field: about } = (value ?? {}) as { field?: unknown };
  if (about === 'hosting')
    return anObject({ field: oneOf(['hosting']), in: listOf(oneOf(['ON_PREMISES', 'CLOUD', 'HYBRID']), 1, 3) })(
      value,
      field,
    );
  if (about === 'confidentiality')
    return anObject({ field: oneOf(['confidentiality']), atLeast: aWhole(1, 3) })(value, field);
  return anObject({ field: oneOf(['outsourced', 'publicFacing', 'hosting', 'confidentiality']), equals: aBoolean })(
    value,
    field,
  );
};

const conditions = optional(listOf(condition, 0, 10));

const terms = anObject({
  gating: required(aBoolean),
  cadence: optional(aPeriod),
  maxMinutes: optional(aWhole(1, MOST_MINUTES)),
  copies: optional(
    anObject({
      copies: optional(aWhole(1, 20)),
      offsite: optional(aWhole(1, 20)),
      offlineOrImmutable: optional(aWhole(1, 20)),
      encrypted: optional(aBoolean),
    }),
  ),
  conditions,
  advisedOnly: optional(aBoolean),
});

const rule = anObject({
  key: required(aText(100, KEY)),
  kind: required(oneOf(RULE_KINDS)),
  title: required(anObject({ ja: required(aText(200)), en: required(aText(200)) })),
  scope: required(oneOf(['SYSTEM', 'BACKUP_REQUIREMENT'])),
  target: optional(oneOf(TARGETS)),
  metBy: optional(
    anObject({
      kinds: required(listOf(oneOf(EVIDENCE_KINDS), 1, EVIDENCE_KINDS.length)),
      subject: optional(oneOf(SUBJECTS)),
      drillTypes: optional(listOf(oneOf(DRILL_TYPES), 1, DRILL_TYPES.length)),
      sharedDrills: optional(aBoolean),
    }),
  ),
  minStrength: optional(oneOf(STRENGTHS)),
  anchor: optional(oneOf(['LAST_DONE', 'FISCAL_YEAR'])),
  conditions,
  optional: optional(aBoolean),
  clause: optional(aText(200)),
  edition: optional(aText(200)),
  tiers: required(anObject(Object.fromEntries(TIERS.map((tier) => [tier, optional(terms)])))),
});

const policy = anObject({
  grace: required(anObject(Object.fromEntries(TIERS.map((tier) => [tier, required(aPeriod)])))),
  reviewAfterChange: required(aPeriod),
  rules: required(listOf(rule, 1, MOST_RULES)),
});

/**
 * What is wrong with rules that came from outside, each with the path of its field (`rules[2].tiers.HIGH.cadence`): first the shape, then, once that
 * is right, what each kind of rule needs to be judged by. Empty for rules that are a `PolicyRules`.
 */
export function checkPolicyShape(value: unknown): FieldProblem[] {
  const wrong = policy(value, '');
  return wrong.length > 0 ? wrong : checkSense(value as PolicyRules);
}

function checkSense({ rules }: PolicyRules): FieldProblem[] {
  const keys = rules.map(({ key }) => key);
  return rules.flatMap((of, index): FieldProblem[] => {
    const at = `rules[${index}]`;
    const need = (holds: boolean, field: string, code = 'REQUIRED'): FieldProblem[] =>
      holds ? [] : [{ field: `${at}.${field}`, code }];
    const tiers = TIERS.flatMap((tier) => {
      const owed = of.tiers[tier];
      if (!owed) return [];
      return [
        ...need(of.kind !== 'TARGET' || owed.maxMinutes !== undefined, `tiers.${tier}.maxMinutes`),
        ...need(of.kind !== 'COPIES' || owed.copies !== undefined, `tiers.${tier}.copies`),
      ];
    });
    return [
      ...need(keys.indexOf(of.key) === index, 'key', 'NOT_UNIQUE'),
      ...need(of.kind !== 'TARGET' || of.target !== undefined, 'target'),
      ...need(of.kind === 'TARGET' || of.metBy !== undefined, 'metBy'),
      ...need(of.kind !== 'DRILL' || of.metBy?.drillTypes !== undefined, 'metBy.drillTypes'),
      ...need(!needsSubject(of) || of.metBy?.subject !== undefined, 'metBy.subject'),
      ...tiers,
    ];
  });
}

/** Approvals and reviews are about something; without it the approval of anything would do. */
function needsSubject({ kind }: PolicyRules['rules'][number]): boolean {
  return kind === 'APPROVAL' || kind === 'REVIEW' || kind === 'COPIES';
}
