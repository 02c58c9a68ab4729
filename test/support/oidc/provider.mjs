// A real OpenID provider as a process of its own, for the tests that sign in at one. Settings as JSON in the first argument:
//   issuer, clientId, clientSecret, application (address of Sonae), otherKeys (publishes keys that it does not sign with)
// It says "listening" when it is. The people in it are told by PUT /people/<login>, a JSON object of their claims; POST /sign signs any
// claims with the key of the provider.
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { issuer, clientId, clientSecret, application, otherKeys } = JSON.parse(process.argv[2]);
const people = new Map();

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const jwkOf = (key) => ({ ...key.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'RS256' });
const key = newKey();
const { kty, n, e, kid, use, alg } = jwkOf(newKey());

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [`${application}/api/v1/auth/oidc/callback`],
      post_logout_redirect_uris: [`${application}/sign-in`],
      backchannel_logout_uri: `${application}/api/v1/auth/oidc/backchannel-logout`,
      backchannel_logout_session_required: true,
    },
  ],
  jwks: { keys: [jwkOf(key)] },
  cookies: { keys: ['only a test'] },
  features: { backchannelLogout: { enabled: true } },
  claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'], profile: ['name'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
  // The package reaches no address of this machine by itself, and here everything is on it.
  fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }),
});

const handle = provider.callback();
createServer(async (request, response) => {
  const answer = (body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  if (request.method === 'PUT' && request.url.startsWith('/people/')) {
    people.set(request.url.slice('/people/'.length), await json(request));
    return answer({});
  }
  if (request.method === 'POST' && request.url === '/sign') return answer({ token: signed(await json(request)) });
  if (otherKeys && request.url === '/jwks') return answer({ keys: [{ kty, n, e, kid, use, alg }] });
  return handle(request, response);
}).listen(Number(new URL(issuer).port), '127.0.0.1', () => process.stdout.write('listening\n'));

async function json(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function signed(claims) {
  const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const all = { iss: issuer, aud: clientId, iat: now, exp: now + 120, jti: randomUUID(), ...claims };
  const text = `${encoded({ alg: 'RS256', kid: 'test', typ: 'logout+jwt' })}.${encoded(all)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}
