import type { Server } from 'node:http';

/** Nothing but our own files; pictures may also stand in the text of a page, where icons do. */
const CONTENT_POLICY = {
  'default-src': "'self'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
} as const;

/** What no page of ours asks a browser for; a security key is for our own pages only. */
const FEATURES = {
  ...{ accelerometer: '()', autoplay: '()', camera: '()', 'display-capture': '()', fullscreen: '()' },
  ...{ geolocation: '()', gyroscope: '()', magnetometer: '()', microphone: '()', midi: '()', payment: '()', usb: '()' },
  ...{ 'publickey-credentials-create': '(self)', 'publickey-credentials-get': '(self)' },
} as const;

/** Headers of every answer. A route that shows foreign HTML sets a policy of its own, which wins. */
function securityHeaders(publicUrl: string | undefined): Record<string, string> {
  const joined = (parts: object, between: string, after: string): string =>
    Object.entries(parts)
      .map(([name, value]) => `${name}${between}${value}`)
      .join(after);
  return {
    'content-security-policy': joined(CONTENT_POLICY, ' ', ';'),
    'permissions-policy': joined(FEATURES, '=', ', '),
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-permitted-cross-domain-policies': 'none',
    // Told to a browser over http it would mean nothing; behind TLS it keeps people there.
    ...(publicUrl?.startsWith('https:') && { 'strict-transport-security': 'max-age=31536000' }),
  };
}

/**
 * Sets the headers before anything else sees a request: the framework refuses some, such as an address that cannot be decoded and a write from
 * another site, before any hook of a plugin runs.
 */
export function secureEveryAnswer(server: Server, publicUrl: string | undefined): void {
  const headers = Object.entries(securityHeaders(publicUrl));
  server.prependListener('request', (_request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value);
  });
}
