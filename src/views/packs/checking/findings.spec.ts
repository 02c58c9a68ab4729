import { hasMessage } from '../../../platform/messages/messages';
import { CHECKS, FAULTS } from './findings';

describe('the words of a check', () => {
  it.each(FAULTS)('say what %s means', (fault) => {
    expect(hasMessage(`packFault.${fault}`)).toBe(true);
  });

  it.each(CHECKS)('name %s, and what is right about it', (check) => {
    expect(hasMessage(`packCheck.of.${check}`) && hasMessage(`packCheck.right.${check}`)).toBe(true);
  });
});
