import { createHash } from 'node:crypto';

/**
 * The policy under which a mail is shown in a frame of our own page: it can neither run nor load anything there, and of styles only those that
 * it was composed with count.
 */
export function mailPolicy(html: string): string {
  const styles = new Set([...html.matchAll(/ style="([^"]*)"/g)].map(([, style]) => style ?? ''));
  const hashes = [...styles].map((style) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  const allowed = hashes.length > 0 ? `'unsafe-hashes' ${hashes.join(' ')}` : "'none'";
  return `default-src 'none'; style-src ${allowed}; img-src data:; sandbox; frame-ancestors 'self'`;
}
