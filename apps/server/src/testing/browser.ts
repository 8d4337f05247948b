/** What came back, with the body read. */
export interface Answer {
  status: number;
  headers: Headers;
  cookies: string[];
  text: string;
  /** The parsed body; undefined where it is not JSON. */
  json: unknown;
}

let browsers = 0;
const nextAddress = () => `198.51.100.${++browsers % 250}`;

/**
 * As much of a browser as signing in needs: it keeps cookies, and says where its requests come
 * from as a page of `origin` would.
 */
export class Browser {
  readonly origin: string;
  /** Where it is, as our own proxy would report it. */
  readonly address: string;
  readonly #cookies = new Map<string, string>();

  constructor(origin: string, address = nextAddress()) {
    this.origin = origin;
    this.address = address;
  }

  get cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  cookie(ending: string): string | undefined {
    return [...this.#cookies].find(([name]) => name.endsWith(ending))?.[1];
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (!headers.has('origin')) headers.set('origin', this.origin);
    headers.set('x-forwarded-for', this.address);
    if (this.#cookies.size > 0) headers.set('cookie', this.cookieHeader);
    const response = await fetch(new URL(path, this.origin), {
      redirect: 'manual',
      ...init,
      headers,
    });
    const cookies = response.headers.getSetCookie();
    for (const cookie of cookies) this.#keep(cookie);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      cookies,
      text,
      json: isJson && text ? JSON.parse(text) : undefined,
    };
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  query(procedure: string, input?: unknown): Promise<Answer> {
    const search = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return this.fetch(`/trpc/${procedure}${search}`);
  }

  mutate(procedure: string, input?: unknown): Promise<Answer> {
    return this.post(`/trpc/${procedure}`, input ?? {});
  }

  signIn(email: string, password: string): Promise<Answer> {
    return this.post('/api/auth/sign-in/email', { email, password });
  }

  #keep(setCookie: string): void {
    const [pair = ''] = setCookie.split(';');
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals);
    if (/max-age=0/i.test(setCookie)) this.#cookies.delete(name);
    else this.#cookies.set(name, pair.slice(equals + 1));
  }
}
