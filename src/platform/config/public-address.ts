import type { Config } from './config';

/** The address that people open. @param port that the service listens on, where that is not the one of the configuration. */
export function publicAddress({ PUBLIC_URL, HOST, PORT }: Config, port: number = PORT): string {
  const host = HOST.includes(':') ? `[${HOST}]` : HOST === '0.0.0.0' ? '127.0.0.1' : HOST;
  return PUBLIC_URL ?? `http://${host}:${port}`;
}
