import { type Addressee, unreachableReason } from './reachability';

const HERE: Addressee = { active: true, address: 'a@office.example' };
const LEFT: Addressee = { active: false, address: 'b@office.example' };
const SILENT: Addressee = { active: true, address: null };

describe('who can be reminded about a system', () => {
  it.each([
    ['the owner', HERE, null, null],
    ['the deputy alone', null, HERE, null],
    ['the deputy of an owner who has left', LEFT, HERE, null],
    ['nobody, when nobody is named', null, null, 'NOBODY_NAMED'],
    ['nobody, when the owner has left', LEFT, null, 'NOBODY_REACHABLE'],
    ['nobody, when both have left', LEFT, LEFT, 'NOBODY_REACHABLE'],
    ['nobody, when the only one named has no address', SILENT, null, 'NOBODY_REACHABLE'],
    ['nobody, when the address is empty', { active: true, address: '' }, null, 'NOBODY_REACHABLE'],
  ])('is %s', (_, owner, deputy, code) => {
    expect(unreachableReason(owner, deputy)?.code ?? null).toBe(code);
  });
});
