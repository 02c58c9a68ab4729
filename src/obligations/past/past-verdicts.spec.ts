import { AUDIT_ACTIONS } from '../../audit/audit-actions';
import { WITHOUT_BEARING } from './past-verdicts';

/** What of these has changed cannot be found out again: verdicts rest on it, and the register keeps no older state. */
const BEARING = [
  ...['backup_profile', 'backup_requirement', 'demo', 'import', 'importance', 'improvement', 'organisation', 'policy'],
  ...['system', 'tier_change', 'waiver'],
];

it('every kind of what is on record either has a bearing on verdicts or none', () => {
  const kinds = new Set(AUDIT_ACTIONS.map((action) => action.split('.')[0]));
  expect([...BEARING, ...WITHOUT_BEARING].sort()).toEqual([...kinds].sort());
});
