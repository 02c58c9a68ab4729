/** The one clock of the pages: the present instant (RFC 3339). Figures of the service carry their own `asOf`. */
export const now = (): string => new Date().toISOString();
