import { DEFAULT_POLICY } from '../../core/policy/default-policy';
import { checkPolicyShape } from './policy-shape';

type Json = Record<string, unknown>;

/** The default pack as JSON from outside, after an edit. */
const pack = (edit: (policy: Json & { rules: Json[] }) => void): unknown => {
  const policy = JSON.parse(JSON.stringify(DEFAULT_POLICY)) as Json & { rules: Json[] };
  edit(policy);
  return policy;
};

const indexOf = (key: string): number => DEFAULT_POLICY.rules.findIndex((rule) => rule.key === key);
const rule = (policy: { rules: Json[] }, key: string): Json => policy.rules[indexOf(key)] as Json;
const terms = (policy: { rules: Json[] }, key: string, tier: string): Json =>
  (rule(policy, key).tiers as Record<string, Json>)[tier] as Json;

describe('the shape of a policy', () => {
  it('is right for the default pack', () => {
    expect(checkPolicyShape(pack(() => undefined))).toEqual([]);
  });

  it.each([[null], [[]], ['default'], [7]])('is wrong for %j', (value) => {
    expect(checkPolicyShape(value)).toEqual([{ field: '', code: 'NOT_AN_OBJECT' }]);
  });

  it('names everything that is missing', () => {
    expect(checkPolicyShape({})).toEqual([
      { field: 'grace', code: 'REQUIRED' },
      { field: 'reviewAfterChange', code: 'REQUIRED' },
      { field: 'rules', code: 'REQUIRED' },
    ]);
  });

  const restore = `rules[${indexOf('restore-test')}]`;
  const edits: [string, (policy: Json & { rules: Json[] }) => void, string, string][] = [
    ['an unknown property', (p) => (p.extra = 1), 'extra', 'UNKNOWN_FIELD'],
    [
      'an unknown property of a rule',
      (p) => (rule(p, 'restore-test').weight = 1),
      `${restore}.weight`,
      'UNKNOWN_FIELD',
    ],
    ['an unknown kind', (p) => (rule(p, 'restore-test').kind = 'PRAYER'), `${restore}.kind`, 'NOT_IN_LIST'],
    ['a key that is none', (p) => (rule(p, 'restore-test').key = 'Restore test'), `${restore}.key`, 'WRONG_FORMAT'],
    [
      'no title in a language',
      (p) => (rule(p, 'restore-test').title = { ja: 'あ' }),
      `${restore}.title.en`,
      'REQUIRED',
    ],
    [
      'an empty title',
      (p) => (rule(p, 'restore-test').title = { ja: ' ', en: 'a' }),
      `${restore}.title.ja`,
      'REQUIRED',
    ],
    [
      'a tier that is none',
      (p) => ((rule(p, 'restore-test').tiers as Json).TOP = {}),
      `${restore}.tiers.TOP`,
      'UNKNOWN_FIELD',
    ],
    [
      'a cadence that is none',
      (p) => (terms(p, 'restore-test', 'HIGH').cadence = 'monthly'),
      `${restore}.tiers.HIGH.cadence`,
      'NOT_A_PERIOD',
    ],
    [
      'a cadence of nothing',
      (p) => (terms(p, 'restore-test', 'HIGH').cadence = 'P0D'),
      `${restore}.tiers.HIGH.cadence`,
      'ZERO_DURATION',
    ],
    [
      'no word on gating',
      (p) => delete terms(p, 'restore-test', 'LOW').gating,
      `${restore}.tiers.LOW.gating`,
      'REQUIRED',
    ],
    ['nothing to be met by', (p) => delete rule(p, 'restore-test').metBy, `${restore}.metBy`, 'REQUIRED'],
    [
      'no proof to be met by',
      (p) => (rule(p, 'restore-test').metBy = { kinds: [] }),
      `${restore}.metBy.kinds`,
      'TOO_FEW',
    ],
    ['a grace that is none', (p) => ((p.grace as Json).HIGH = 30), 'grace.HIGH', 'NOT_A_PERIOD'],
    [
      'a key used twice',
      (p) => p.rules.push(p.rules[0] as Json),
      `rules[${DEFAULT_POLICY.rules.length}].key`,
      'NOT_UNIQUE',
    ],
    [
      'a target without a maximum',
      (p) => delete terms(p, 'rto-maximum', 'LOW').maxMinutes,
      `rules[${indexOf('rto-maximum')}].tiers.LOW.maxMinutes`,
      'REQUIRED',
    ],
    [
      'a target of no time',
      (p) => (terms(p, 'rto-maximum', 'LOW').maxMinutes = 0),
      `rules[${indexOf('rto-maximum')}].tiers.LOW.maxMinutes`,
      'TOO_SMALL',
    ],
    [
      'a target of nothing',
      (p) => delete rule(p, 'rto-maximum').target,
      `rules[${indexOf('rto-maximum')}].target`,
      'REQUIRED',
    ],
    [
      'copies without a number',
      (p) => delete terms(p, 'backup-copies', 'HIGH').copies,
      `rules[${indexOf('backup-copies')}].tiers.HIGH.copies`,
      'REQUIRED',
    ],
    [
      'a drill of any type',
      (p) => (rule(p, 'drill-tabletop').metBy = { kinds: ['DRILL'] }),
      `rules[${indexOf('drill-tabletop')}].metBy.drillTypes`,
      'REQUIRED',
    ],
    [
      'an approval of anything',
      (p) => (rule(p, 'procedure-approved').metBy = { kinds: ['APPROVAL'] }),
      `rules[${indexOf('procedure-approved')}].metBy.subject`,
      'REQUIRED',
    ],
    [
      'an unknown condition',
      (p) => (rule(p, 'restore-test').conditions = [{ field: 'colour', equals: true }]),
      `${restore}.conditions[0].field`,
      'NOT_IN_LIST',
    ],
    [
      'a condition of another sort',
      (p) => (rule(p, 'restore-test').conditions = [{ field: 'hosting', equals: true }]),
      `${restore}.conditions[0].equals`,
      'UNKNOWN_FIELD',
    ],
    ['a property of every object', (p) => Object.assign(p, { constructor: {} }), 'constructor', 'UNKNOWN_FIELD'],
  ];

  it.each(edits)('is wrong with %s', (_, edit, field, code) => {
    expect(checkPolicyShape(pack(edit))).toContainEqual(expect.objectContaining({ field, code }));
  });
});
