import * as fc from 'fast-check';
import { packRule } from '../../../test/support/rules/duties';
import { STATES } from '../obligation/obligation';
import { DEFAULT_POLICY } from '../policy/default-policy';
import { Action, ActionCandidate, actionFor, nextAction } from './next-action';
import { systemVerdict, verdictOf } from './system-verdict';

describe('the action that clears an obligation', () => {
  it.each<[string, Action['kind'], Action['kind'], Partial<Action>]>([
    // rule, before any proof, after one, details of the latter
    ['procedure-approved', 'APPROVE_PROCEDURE', 'APPROVE_PROCEDURE', { subject: 'PROCEDURE', evidenceKind: null }],
    ['procedure-review', 'APPROVE_PROCEDURE', 'REVIEW_PROCEDURE', { subject: 'PROCEDURE', evidenceKind: 'REVIEW' }],
    ['contacts-confirmed', 'CONFIRM_CONTACTS', 'CONFIRM_CONTACTS', { subject: 'CONTACTS', evidenceKind: 'REVIEW' }],
    ['backup-requirement-declared', 'APPROVE_BACKUP', 'APPROVE_BACKUP', { subject: 'BACKUP_REQUIREMENT' }],
    ['backup-requirement-review', 'APPROVE_BACKUP', 'REVIEW_BACKUP', { evidenceKind: 'REVIEW' }],
    ['recovery-point-fresh', 'SEND_EVIDENCE', 'SEND_EVIDENCE', { evidenceKind: 'BACKUP' }],
    ['backup-copies', 'APPROVE_BACKUP', 'AMEND_BACKUP', { subject: 'BACKUP_REQUIREMENT' }],
    ['backup-offline-copy', 'APPROVE_BACKUP', 'AMEND_BACKUP', {}],
    ['backup-encrypted', 'APPROVE_BACKUP', 'AMEND_BACKUP', {}],
    ['backup-verification', 'SEND_EVIDENCE', 'SEND_EVIDENCE', { evidenceKind: 'VERIFICATION' }],
    ['restore-test', 'SEND_EVIDENCE', 'SEND_EVIDENCE', { evidenceKind: 'RESTORE_TEST' }],
    ['drill-tabletop', 'SEND_EVIDENCE', 'SEND_EVIDENCE', { evidenceKind: 'DRILL', drillType: 'TABLETOP' }],
    ['drill-functional', 'SEND_EVIDENCE', 'SEND_EVIDENCE', { evidenceKind: 'DRILL', drillType: 'FUNCTIONAL' }],
    ['drill-full-scale', 'SEND_EVIDENCE', 'SEND_EVIDENCE', { evidenceKind: 'DRILL', drillType: 'FULL_SCALE' }],
    ['drill-notification', 'SEND_EVIDENCE', 'SEND_EVIDENCE', { evidenceKind: 'DRILL', drillType: 'NOTIFICATION' }],
    ['importance-review', 'REVIEW_IMPORTANCE', 'REVIEW_IMPORTANCE', { subject: 'IMPORTANCE', evidenceKind: 'REVIEW' }],
    ['administrator-mfa', 'SEND_EVIDENCE', 'SEND_EVIDENCE', { evidenceKind: 'ATTESTATION' }],
    ['vulnerability-assessment', 'SEND_EVIDENCE', 'SEND_EVIDENCE', { evidenceKind: 'ATTESTATION' }],
  ])('of %s is %s, and once proven %s', (key, unproven, proven, details) => {
    const requirement = packRule(key).scope === 'BACKUP_REQUIREMENT' ? 'requirement' : null;
    expect(actionFor(packRule(key), requirement, false)).toMatchObject({ kind: unproven });
    expect(actionFor(packRule(key), requirement, true)).toMatchObject({
      kind: proven,
      backupRequirementId: requirement,
      ...details,
    });
  });

  const onBackups = DEFAULT_POLICY.rules.filter(({ scope }) => scope === 'BACKUP_REQUIREMENT');

  it.each(onBackups.map(({ key }) => key))('of %s without a requirement is to declare one', (key) => {
    expect(actionFor(packRule(key), null, false)).toMatchObject({ kind: 'DECLARE_BACKUP', backupRequirementId: null });
  });

  it.each(DEFAULT_POLICY.rules.filter(({ kind }) => kind !== 'TARGET').map(({ key }) => key))(
    'of %s names evidence that the rule accepts, where it names any',
    (key) => {
      const { evidenceKind, drillType } = actionFor(packRule(key), 'requirement', true);
      const { kinds, drillTypes } = packRule(key).metBy ?? { kinds: [] };
      expect([...kinds, null]).toContain(evidenceKind);
      expect(drillTypes ?? [null]).toContain(drillType);
    },
  );
});

type Named = ActionCandidate & { name: string };

/** An obligation by rule; `requirement` where the rule is on backups and one is declared. */
const open = (key: string, state: Named['state'], facts: Partial<Named> & { requirement?: string } = {}): Named => ({
  name: key,
  state,
  gating: true,
  dueOn: '2026-06-30',
  action: actionFor(packRule(key), facts.requirement ?? null, false),
  ...facts,
});

describe('the next action', () => {
  it.each<[string, Named[], string | null]>([
    ['is none when nothing is owed', [], null],
    [
      'is none when all is met, waived or excluded',
      ['MET', 'WAIVED', 'NOT_APPLICABLE'].map((s) => open('restore-test', s as Named['state'])),
      null,
    ],
    [
      'clears the most of what holds the system back',
      [open('restore-test', 'OVERDUE'), open('backup-copies', 'OVERDUE'), open('backup-verification', 'OVERDUE')],
      'backup-copies',
    ],
    [
      'does not add up proofs, each of which is a matter of its own',
      [open('administrator-mfa', 'OVERDUE'), open('drill-full-scale', 'OVERDUE'), open('restore-test', 'FAILED')],
      'restore-test',
    ],
    [
      'does not add up approvals of different requirements',
      [
        open('backup-copies', 'OVERDUE', { requirement: 'a' }),
        open('backup-copies', 'OVERDUE', { requirement: 'b' }),
        open('restore-test', 'FAILED'),
      ],
      'restore-test',
    ],
    [
      'adds up approvals of the same requirement',
      [
        open('restore-test', 'FAILED'),
        open('backup-copies', 'OVERDUE', { requirement: 'a' }),
        open('backup-offline-copy', 'OVERDUE', { requirement: 'a', name: 'offline' }),
      ],
      'backup-copies',
    ],
    [
      'looks at what holds the system NOT_READY before what leaves it UNKNOWN',
      [open('procedure-approved', 'UNKNOWN'), open('procedure-review', 'UNKNOWN'), open('restore-test', 'FAILED')],
      'restore-test',
    ],
    [
      'looks at what leaves it UNKNOWN before what puts it at risk',
      [open('restore-test', 'UNKNOWN'), open('drill-notification', 'OVERDUE', { gating: false })],
      'restore-test',
    ],
    [
      'of what puts it at risk takes the overdue before the due soon',
      [open('restore-test', 'DUE_SOON'), open('drill-notification', 'OVERDUE', { gating: false })],
      'drill-notification',
    ],
    [
      'passes over what does not put it at risk',
      [open('restore-test', 'DUE_SOON'), open('drill-notification', 'UNKNOWN', { gating: false, dueOn: '2026-01-01' })],
      'restore-test',
    ],
    [
      'of a ready system is still what is open',
      [open('restore-test', 'MET'), open('drill-notification', 'DUE_SOON', { gating: false })],
      'drill-notification',
    ],
    [
      'takes the failure before the expired proof',
      [open('restore-test', 'OVERDUE', { dueOn: '2026-01-01' }), open('drill-full-scale', 'FAILED')],
      'drill-full-scale',
    ],
    [
      'takes the earliest due day of equals',
      [open('restore-test', 'OVERDUE'), open('drill-full-scale', 'OVERDUE', { dueOn: '2026-06-29' })],
      'drill-full-scale',
    ],
    [
      'takes a due day before none',
      [open('restore-test', 'FAILED', { dueOn: null }), open('drill-full-scale', 'FAILED')],
      'drill-full-scale',
    ],
    [
      'takes the first listed of equals',
      [open('restore-test', 'OVERDUE'), open('drill-full-scale', 'OVERDUE')],
      'restore-test',
    ],
  ])('%s', (_, candidates, name) => {
    expect(nextAction(candidates)?.name ?? null).toBe(name);
  });

  const candidates = fc.array(
    fc
      .record({
        rule: fc.constantFrom(...DEFAULT_POLICY.rules.filter(({ kind }) => kind !== 'TARGET')),
        state: fc.constantFrom(...STATES),
        gating: fc.boolean(),
        dueOn: fc.option(fc.constantFrom('2026-01-01', '2026-06-30')),
      })
      .map(({ rule, ...facts }) => ({ ...facts, action: actionFor(rule, null, false) })),
    { maxLength: 15 },
  );

  it('is one of those that make the verdict what it is, whenever that is not ready', () => {
    fc.assert(
      fc.property(candidates, (list) => {
        const verdict = systemVerdict(list);
        const next = nextAction(list);
        fc.pre(['NOT_READY', 'UNKNOWN', 'AT_RISK'].includes(verdict) && list.some((one) => verdictOf(one) === verdict));
        expect(next && verdictOf(next)).toBe(verdict);
      }),
    );
  });

  it('is null only when nothing is open', () => {
    fc.assert(
      fc.property(candidates, (list) => {
        const waiting = list.some(({ state }) => ['FAILED', 'OVERDUE', 'UNKNOWN', 'DUE_SOON'].includes(state));
        expect(nextAction(list) !== null).toBe(waiting);
      }),
    );
  });
});
