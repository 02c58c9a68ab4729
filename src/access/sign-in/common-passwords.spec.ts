import { isCommon, requireUncommon } from './common-passwords';

const ABOUT = ['sakura.unyo@mihon.example', '運用 さくら'];

describe('a common password', () => {
  it.each([
    'passwordpassword',
    'Password12345678',
    'P@ssw0rd2026!!!!',
    'qwertyuiop12',
    'qwertyuiopasdfghjkl',
    '123456789012',
    '987654321098765',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'abcdefghijklm',
    'iloveyou1234',
    '!!!!dragon!!!!',
    '202611262026',
    'sakuraunyo01',
    'Sakura-2026!',
    'mihon-sakura',
    'sonaesonae01',
    '運用さくら2026年',
  ])('is %s', async (password) => {
    expect(await isCommon(password, ABOUT)).toBe(true);
  });

  it.each([
    'correct horse battery',
    'another long sentence',
    '霞が関の朝は早い二十六年',
    'k7w-trz4-qm9x-ehd2',
    'sakura no hana ga saku koro',
    'the sonae of twelve cranes',
  ])('is not %s', async (password) => {
    expect(await isCommon(password, ABOUT)).toBe(false);
  });

  it('is refused for its field', async () => {
    await expect(requireUncommon('passwordpassword', [], 'newPassword')).rejects.toMatchObject({
      status: 422,
      details: { errors: [{ field: 'newPassword', code: 'COMMON_PASSWORD' }] },
    });
    await expect(requireUncommon('correct horse battery', [], 'newPassword')).resolves.toBeUndefined();
  });
});
