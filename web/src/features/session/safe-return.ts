/** Only an address of these pages is followed after the sign-in, never another site's. */
export function safeReturn(asked: string | undefined): string {
  return asked && /^\/(?![/\\])/.test(asked) ? asked : '/';
}
