/** An answer of the service; `body` is parsed when it is JSON, else text. */
export interface Answer {
  status: number;
  headers: Headers;
  // Tests look into answers of every shape; what they expect of it is what they test.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export interface Ask {
  body?: unknown;
  /** More headers, or undefined for one that is not sent. */
  headers?: Record<string, string | undefined>;
}

/** What a browser is to the service: keeps cookies and says where its requests come from. Paths are below /api/v1 unless they begin with `//`. */
export class Client {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly origin: string) {}

  get = (path: string, headers: Record<string, string> = {}): Promise<Answer> => this.ask('GET', path, { headers });
  post = (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    this.ask('POST', path, { body, headers });
  patch = (path: string, body: unknown, etag: string | null): Promise<Answer> =>
    this.ask('PATCH', path, tagged(body, etag));
  put = (path: string, body: unknown, etag: string | null): Promise<Answer> =>
    this.ask('PUT', path, tagged(body, etag));
  delete = (path: string, etag: string | null): Promise<Answer> => this.ask('DELETE', path, tagged(undefined, etag));

  /** Any request; a body that is text or FormData is sent as it is, everything else as JSON. */
  async ask(method: string, path: string, { body, headers = {} }: Ask = {}): Promise<Answer> {
    const raw = body === undefined || typeof body === 'string' || body instanceof FormData;
    const response = await fetch(`${this.origin}${path.startsWith('//') ? path.slice(1) : `/api/v1${path}`}`, {
      method,
      headers: sent({
        origin: this.origin,
        ...(this.cookies.size > 0 && {
          cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        }),
        ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
        ...headers,
      }),
      body: raw ? body : JSON.stringify(body),
      redirect: 'manual',
    });
    this.keep(response.headers.getSetCookie());
    const text = await response.text();
    const json = /\bjson\b/.test(response.headers.get('content-type') ?? '') && text !== '';
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }

  /** A cookie as the browser holds it. */
  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  private keep(lines: string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

function tagged(body: unknown, etag: string | null): Ask {
  return { body, headers: etag === null ? {} : { 'if-match': etag } };
}

function sent(headers: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter((each): each is [string, string] => each[1] !== undefined));
}
