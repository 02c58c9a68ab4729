import { hasMessage, message } from './messages';

describe('a sentence of the catalogue', () => {
  it('puts parameters in as they are, whatever they look like, and absent ones as nothing', () => {
    for (const name of ['{{code}}', '$t(digest.opening)', '<b>&amp;</b>', '$&'])
      expect(message('ja', 'digest.system', { name, code: 'A-1' })).toBe(`${name}（A-1）`);
    expect(message('ja', 'digest.system', { name: null })).toBe('（）');
  });

  it('is its key where the catalogue has none, again and again', () => {
    expect(hasMessage('tier.NEVER_HEARD_OF')).toBe(false);
    for (const locale of ['ja', 'en'] as const)
      expect([message(locale, 'tier.NEVER_HEARD_OF'), message(locale, 'tier.NEVER_HEARD_OF')]).toEqual([
        'tier.NEVER_HEARD_OF',
        'tier.NEVER_HEARD_OF',
      ]);
  });
});
