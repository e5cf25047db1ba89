/** One browser of a test: keeps cookies, sends Origin, and remembers every byte it was sent. */
export interface Browser {
  get(path: string): Promise<Page>;
  /** JSON as the pages of the product send it */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string | null>>): Promise<Page>;
  form(path: string, fields: Readonly<Record<string, string>>, tokenFrom: string): Promise<Page>;
  cookies(): string;
}

export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly text: string;
}

export function openBrowser(origin: string): Browser {
  const jar = new Map<string, string>();

  const cookies = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');

  async function send(path: string, init: RequestInit): Promise<Page> {
    const headers = { ...Object.fromEntries(new Headers(init.headers)), cookie: cookies() };
    const response = await fetch(origin + path, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      jar.set(name, value.join('='));
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes, text: bytes.toString('utf8') };
  }

  const get = (path: string): Promise<Page> => send(path, { method: 'GET' });

  return {
    get,
    post: (path, body, headers = {}) => {
      const all: Record<string, string | null> = {
        origin,
        'x-adil': '1',
        'content-type': 'application/json',
        ...headers,
      };
      const given = Object.entries(all).filter((h): h is [string, string] => h[1] !== null);
      return send(path, {
        method: 'POST',
        headers: Object.fromEntries(given),
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    },
    form: async (path, fields, tokenFrom) => {
      const page = await get(tokenFrom);
      const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1];
      if (csrf === undefined) throw new Error(`no form on ${tokenFrom}: ${page.status}`);
      return send(path, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ csrf, ...fields }).toString(),
      });
    },
    cookies,
  };
}
