import { readOwner } from './owner-text';

const person = (email: string, displayName: string | null) => ({ kind: 'PERSON', email, displayName });

describe('the owner in a cell', () => {
  it.each([
    ['Crime Apps Mod: owner-1@example.gov.uk', 'owner-1@example.gov.uk', 'Crime Apps Mod'],
    ['Equinity Data Migration:  owner-1@example.gov.uk', 'owner-1@example.gov.uk', 'Equinity Data Migration'],
    ['Prison Data Science (DEDSAI): Owner-1@Example.GOV.UK', 'owner-1@example.gov.uk', 'Prison Data Science (DEDSAI)'],
    [
      'National Delius Service Team / Unilink <owner-1@example.gov.uk>',
      'owner-1@example.gov.uk',
      'National Delius Service Team / Unilink',
    ],
    ['運用 さくら（sakura@mic.example）', 'sakura@mic.example', '運用 さくら'],
    ['運用課：ｓａｋｕｒａ＠mic.example', 'sakura@mic.example', '運用課'],
    ['mailto:team@example.com', 'team@example.com', null],
    ['owner-1@example.gov.uk', 'owner-1@example.gov.uk', null],
    ['Team: a@example.com, A@example.com', 'a@example.com', 'Team'],
  ])('%s', (text, email, name) => {
    expect(readOwner(text, 'NAME_AND_EMAIL')).toEqual(person(email, name));
  });

  it('is nobody when the cell is blank', () => {
    expect(readOwner(' 　', 'NAME_AND_EMAIL')).toEqual({ kind: 'NOBODY' });
  });

  it.each(['corporate data science (data science hub): ', 'DPS Syscon Team', 'Ask @sakura on the channel'])(
    'cannot be reached without an address: %j',
    (text) => {
      expect(readOwner(text, 'NAME_AND_EMAIL')).toEqual({ kind: 'UNREADABLE', code: 'OWNER_WITHOUT_ADDRESS' });
    },
  );

  it('is not guessed out of two addresses', () => {
    const reading = readOwner('a@example.com / b@example.com', 'NAME_AND_EMAIL');
    expect(reading).toEqual({ kind: 'UNREADABLE', code: 'OWNER_WITH_SEVERAL_ADDRESSES' });
  });

  it('goes by the address when the name is too long for a name', () => {
    expect(readOwner(`${'x'.repeat(101)}: a@example.com`, 'NAME_AND_EMAIL')).toEqual(person('a@example.com', null));
  });

  it('keeps no name where only addresses are expected', () => {
    expect(readOwner('Team: a@example.com', 'EMAIL')).toEqual(person('a@example.com', null));
  });

  it('is taken as a name where names are expected', () => {
    expect(readOwner('運用 さくら', 'NAME')).toEqual({ kind: 'NAME', name: '運用 さくら' });
  });
});
