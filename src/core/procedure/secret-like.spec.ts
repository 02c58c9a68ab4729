import { secretLikes } from './secret-like';

// Put together here, so that no scanner takes this file for a leak.
const made = (...parts: string[]): string => parts.join('');

describe('what looks like a secret', () => {
  it.each([
    ['PRIVATE_KEY', made('-----BEGIN RSA PRIV', 'ATE KEY-----')],
    ['PRIVATE_KEY', made('-----BEGIN PRIV', 'ATE KEY-----')],
    ['ACCESS_KEY', made('aws configure set aws_access_key_id AKIA', 'Q3EGFAKEQ3EGFAKE')],
    ['TOKEN', made('curl -H "Authorization: token gh', 'p_abcdefghijklmnopqrstuvwxyz0123456789"')],
    ['TOKEN', made('xox', 'b-1234567890-abcdef')],
    ['PASSWORD', 'PASSWORD=hunter2hunter2'],
    ['PASSWORD', 'password: "correct-horse"'],
    ['PASSWORD', 'パスワード：Kasumigaseki1'],
    ['PASSWORD', '"api_key": "a8f5f167f44f4964"'],
    ['PASSWORD_IN_ADDRESS', made('psql postgres://sonae:', 'kasumi9@db.example/sonae')],
  ])('is a %s in %s', (kind, line) => {
    expect(secretLikes(`First.\n${line}\nLast.`)).toEqual([{ kind, line: 2 }]);
  });

  it.each([
    'password: <password>',
    'PASSWORD=$DB_PASSWORD',
    'password = ********',
    'password: your-password-here',
    'パスワード：金庫の封筒を見る',
    'mysql -u<username> -p<password>',
    'postgres://user:$PASSWORD@host/db',
    'postgres://user:password@host/db',
    'The password is in the safe.',
    'https://example.go.jp:8443/path@2',
  ])('is not in %s', (line) => {
    expect(secretLikes(line)).toEqual([]);
  });

  it('is named once a line, and never repeated', () => {
    const found = secretLikes('ok\r\npassword=hunter2hunter2 secret=hunter3hunter3\r\nok');
    expect(found).toEqual([{ kind: 'PASSWORD', line: 2 }]);
    expect(JSON.stringify(found)).not.toContain('hunter');
  });

  it('is looked for in a long line without end in no time to speak of', () => {
    expect(secretLikes(`pass${'a:'.repeat(50_000)}`)).toEqual([]);
  });
});
