/** Where a walk through pages ended. */
export interface Arrival {
  url: URL;
  status: number;
  text: string;
}

/** A browser that follows redirects from site to site, keeps cookies for each, and fills in the forms of the test's provider. */
export class Visitor {
  private readonly cookies = new Map<string, Map<string, string>>();

  /** @param application pages of it that are not under its API are not opened: a walk ends at their address */
  constructor(private readonly application: string) {}

  /** Opens an address and goes wherever it leads. */
  async open(address: string, form?: Record<string, string>): Promise<Arrival> {
    let url = new URL(address, this.application);
    let fields = form;
    for (let steps = 0; steps < 20; steps++) {
      if (url.origin === this.application && !url.pathname.startsWith('/api/')) return { url, status: 200, text: '' };
      const response = await this.ask(url, fields);
      const location = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || !location)
        return { url, status: response.status, text: await response.text() };
      [url, fields] = [new URL(location, url), undefined];
    }
    throw new Error(`No end of redirects at ${url.href}`);
  }

  /** Signs in at the provider under a login and comes back. */
  async signIn(login: string, start = '/api/v1/auth/oidc/start'): Promise<Arrival> {
    let page = await this.open(start);
    while (page.url.origin !== this.application && page.text.includes('<form'))
      page = await this.submit(page, { login, password: 'any' });
    return page;
  }

  /** Sends the first form of a page, with what it holds and what is filled in. */
  submit({ url, text }: Arrival, filled: Record<string, string> = {}): Promise<Arrival> {
    const action = /<form[^>]* action="([^"]+)"/.exec(text)?.[1] ?? url.href;
    const hidden = [...text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
      ([, name, value]) => [name, value] as [string, string],
    );
    return this.open(new URL(action, url).href, { ...Object.fromEntries(hidden), ...filled });
  }

  /** One request, with the cookies of the site. */
  async ask(url: URL, form?: Record<string, string>, method = form ? 'POST' : 'GET'): Promise<Response> {
    const jar = this.cookies.get(url.origin) ?? new Map<string, string>();
    this.cookies.set(url.origin, jar);
    const response = await fetch(url, {
      method,
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { body: new URLSearchParams(form) }),
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** A cookie that the application has set. */
  cookie(name: string): string | undefined {
    return this.cookies.get(this.application)?.get(name);
  }

  /** Forgets the provider's cookies, as after the browser was closed. */
  forget(site: string): void {
    this.cookies.delete(site);
  }
}
