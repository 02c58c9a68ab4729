import { readConfig } from './config';
import { publicAddress } from './public-address';

const of = (settings: Record<string, string>): string =>
  publicAddress(readConfig({ NODE_ENV: 'test', PORT: '3100', ...settings }));

it.each([
  [{ PUBLIC_URL: 'https://sonae.example', HOST: '0.0.0.0' }, 'https://sonae.example'],
  [{ HOST: '127.0.0.1' }, 'http://127.0.0.1:3100'],
  [{ HOST: '0.0.0.0' }, 'http://127.0.0.1:3100'],
  [{ HOST: '::1' }, 'http://[::1]:3100'],
])('the address that people open, with %p, is %s', (settings, address) => expect(of(settings)).toBe(address));
