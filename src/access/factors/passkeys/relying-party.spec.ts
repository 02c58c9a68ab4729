import { relyingPartyOf } from './relying-party';

describe('what passkeys are bound to', () => {
  it.each([
    [
      { PUBLIC_URL: 'https://sonae.example.go.jp/' },
      { id: 'sonae.example.go.jp', origin: 'https://sonae.example.go.jp' },
    ],
    [{ PUBLIC_URL: 'https://sonae.example:8443' }, { id: 'sonae.example', origin: 'https://sonae.example:8443' }],
    [{ PUBLIC_URL: 'http://localhost:8080' }, { id: 'localhost', origin: 'http://localhost:8080' }],
    [{}, { id: 'localhost', origin: 'http://localhost:3000' }],
    [{ PUBLIC_URL: 'http://sonae.example' }, null],
    [{ PUBLIC_URL: 'https://192.0.2.1' }, null],
    [{ PUBLIC_URL: 'https://[2001:db8::1]' }, null],
    [{ HOST: '0.0.0.0' }, null],
  ])('with %j is %j', (settings, party) => {
    expect(relyingPartyOf({ HOST: '127.0.0.1', PORT: 3000, ...settings })).toEqual(party);
  });
});
