import { readClaims } from './oidc-claims';

const ID_TOKEN = { iss: 'https://id.example', sub: 's1', sid: 'sid1', email: 'Sato@Office.example', name: ' 佐藤 花 ' };

describe('the claims of a provider', () => {
  it('are read from the ID token', () => {
    const token = { ...ID_TOKEN, email_verified: true, groups: ['a', 'b', 'a'] };
    expect(readClaims(token, {}, 'groups', [])).toEqual({
      issuer: 'https://id.example',
      subject: 's1',
      sid: 'sid1',
      email: 'sato@office.example',
      emailVerified: true,
      displayName: '佐藤 花',
      groups: ['a', 'b'],
      secondFactor: false,
    });
  });

  it('come from the userinfo endpoint where the token lacks them', () => {
    const more = { email: 'x@office.example', email_verified: true, name: '名前', roles: 'one' };
    expect(readClaims({ iss: 'i', sub: 's' }, more, 'roles', [])).toMatchObject({
      sid: null,
      email: 'x@office.example',
      emailVerified: true,
      displayName: '名前',
      groups: ['one'],
    });
  });

  it('do not verify the address of one answer by the other', () => {
    expect(readClaims(ID_TOKEN, { email: 'other@office.example', email_verified: true }, 'groups', [])).toMatchObject({
      email: 'sato@office.example',
      emailVerified: false,
    });
  });

  it.each([
    [{}, []],
    [{ groups: null }, []],
    [{ groups: 'one' }, ['one']],
    [{ groups: ['one', 2, { name: 'three' }, ''] }, ['one']],
    [{ groups: { one: true } }, []],
  ])('hold the groups of %j as texts only', (claims, groups) => {
    expect(readClaims({ ...ID_TOKEN, ...claims }, {}, 'groups', []).groups).toEqual(groups);
  });

  it.each([
    [{ amr: ['pwd', 'otp'] }, ['otp', 'hwk'], true],
    [{ acr: 'phr' }, ['phr'], true],
    [{ amr: ['pwd'] }, ['otp'], false],
    [{ amr: ['pwd', 'otp'] }, [], false],
    [{}, ['otp'], false],
  ])('%j, with %j trusted, is a second factor: %s', (claims, trusted, is) => {
    expect(readClaims({ ...ID_TOKEN, ...claims }, {}, 'groups', trusted).secondFactor).toBe(is);
  });
});
