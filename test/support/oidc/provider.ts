import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../free-port';

/** A running OpenID provider, see `provider.mjs`. */
export interface TestProvider {
  issuer: string;
  /** Settings of the service that signs people in there. */
  settings: Record<string, string>;
  /** What it says of who signs in with that login, from the next sign-in on. */
  know(login: string, claims: object): Promise<void>;
  /** A logout token of the provider with these claims; undefined leaves one out. */
  logoutToken(claims: object): Promise<string>;
  stop(): Promise<void>;
}

const CLIENT = { clientId: 'sonae', clientSecret: 'known to both, and to nobody else' };

/** Starts a provider for a service that will listen at `application`. */
export async function startProvider(application: string, { otherKeys = false } = {}): Promise<TestProvider> {
  const issuer = `http://127.0.0.1:${await freePort()}`;
  const facts = JSON.stringify({ ...CLIENT, issuer, application, otherKeys });
  const server = spawn(process.execPath, [join(__dirname, 'provider.mjs'), facts], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = once(server, 'exit');
  // It warns that it is set up for a test, which it is; what it says matters when it does not start.
  const warnings: string[] = [];
  server.stderr.on('data', (chunk: Buffer) => warnings.push(chunk.toString()));
  const said = await Promise.race([once(server.stdout, 'data'), gone]);
  if (!String(said[0]).startsWith('listening')) throw new Error(`The provider did not start: ${warnings.join('')}`);
  const tell = async (method: string, path: string, body: object): Promise<{ token: string }> =>
    (await (await fetch(`${issuer}${path}`, { method, body: JSON.stringify(body) })).json()) as { token: string };
  return {
    issuer,
    settings: {
      PUBLIC_URL: application,
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: CLIENT.clientId,
      OIDC_CLIENT_SECRET: CLIENT.clientSecret,
    },
    know: async (login, claims) => {
      await tell('PUT', `/people/${login}`, claims);
    },
    logoutToken: async (claims) => (await tell('POST', '/sign', claims)).token,
    stop: async () => {
      server.kill('SIGKILL');
      await gone;
    },
  };
}
