/** Configuration: environment only, read once at boot, every fault reported at once and in words. */
import { isAbsolute, resolve } from 'node:path';

export interface Config {
  readonly port: number;
  readonly host: string;
  /** folder of the store, the keys and the checkpoints; mode 0700 */
  readonly dataFolder: string;
  /** scheme and host under which browsers see the server, without a trailing slash; null: derived from host and port */
  readonly publicUrl: string | null;
  readonly timeZone: string;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** express "trust proxy": false, or the number of proxies in front */
  readonly trustProxy: number | false;
  readonly mongodbUri: string | null;
  readonly production: boolean;
  /** reachable from outside without encryption, as ADIL_ALLOW_HTTP=1 accepted: pages carry a banner */
  readonly plainHttp: boolean;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the environment. Unset and empty mean the default. */
export function readConfig(env: Env, cwd: string): ConfigResult {
  const problems: string[] = [];
  const text = (name: string): string | null =>
    env[name] === undefined || env[name] === '' ? null : env[name];

  const portText = text('PORT') ?? '3000';
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : -1;
  if (port < 0 || port > 65535) problems.push(`PORT must be a number from 0 to 65535, not "${portText}"`);

  const timeZone = text('ADIL_TZ') ?? 'Asia/Almaty';
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    problems.push(`ADIL_TZ must be an IANA time zone such as Asia/Almaty, not "${timeZone}"`);
  }

  const publicText = text('PUBLIC_URL');
  let publicUrl: string | null = null;
  if (publicText !== null) {
    const url = URL.canParse(publicText) ? new URL(publicText) : null;
    if (
      url === null ||
      !['http:', 'https:'].includes(url.protocol) ||
      url.pathname !== '/' ||
      url.search !== '' ||
      url.hash !== ''
    )
      problems.push(
        `PUBLIC_URL must be scheme and host such as https://adil.example.kz, not "${publicText}"`,
      );
    else publicUrl = url.origin;
  }

  const certFile = text('TLS_CERT');
  const keyFile = text('TLS_KEY');
  if ((certFile === null) !== (keyFile === null)) problems.push('TLS_CERT and TLS_KEY must be set together');

  const proxyText = text('TRUST_PROXY');
  let trustProxy: number | false = false;
  if (proxyText !== null) {
    if (/^[0-9]$/.test(proxyText)) trustProxy = proxyText === '0' ? false : Number(proxyText);
    else problems.push(`TRUST_PROXY must be the number of proxies in front (0 to 9), not "${proxyText}"`);
  }

  const mongodbUri = text('MONGODB_URI');
  if (mongodbUri !== null && !/^mongodb(\+srv)?:\/\//.test(mongodbUri))
    problems.push('MONGODB_URI must begin with mongodb:// or mongodb+srv://');
  if (text('REDIS_URL') !== null)
    problems.push('REDIS_URL: several nodes are not supported yet; unset it and run one node');

  const nodeEnv = text('NODE_ENV');
  if (nodeEnv !== null && !['production', 'development', 'test'].includes(nodeEnv))
    problems.push(`NODE_ENV must be production, development or test, not "${nodeEnv}"`);

  const host = text('HOST') ?? '127.0.0.1';
  const allowHttp = text('ADIL_ALLOW_HTTP') === '1';
  if (!isLoopback(host) && certFile === null && trustProxy === false && !allowHttp)
    problems.push(
      `HOST is ${host}: passwords and answers would cross the network unencrypted. Set TLS_CERT and TLS_KEY, or TRUST_PROXY behind a proxy that ends TLS, or ADIL_ALLOW_HTTP=1 to accept it with a banner on every page`,
    );

  if (problems.length > 0) return { ok: false, problems };
  const folder = text('ADIL_DATA') ?? './data';
  return {
    ok: true,
    config: {
      port,
      host,
      dataFolder: isAbsolute(folder) ? folder : resolve(cwd, folder),
      publicUrl,
      timeZone,
      tls: certFile !== null && keyFile !== null ? { certFile, keyFile } : null,
      trustProxy,
      mongodbUri,
      production: nodeEnv === 'production',
      plainHttp: !isLoopback(host) && certFile === null && trustProxy === false,
    },
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
