/** The studio's server: a few files from memory, for this machine's browser alone. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A file that the server knows: it serves nothing else. */
export interface StudioFile {
  readonly type: string;
  readonly body: string | Uint8Array;
}

export interface Studio {
  /** With a secret in its path: whoever does not know it gets nothing. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

const HOST = '127.0.0.1';
/** Only what comes from here runs or is asked. Exceptions: the kernel is WebAssembly, and Vega sets styles on what it draws. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'img-src data: blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
const HEADERS = {
  'Content-Security-Policy': POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
} as const;

/**
 * Serves files on a port of the loopback interface, the page by the name ''.
 *
 * Refused are other hosts in the Host header (names that were made to point here), requests that other pages make, and whatever
 * does not begin with the secret. Rejects if the port cannot be listened to.
 *
 * @param port 0 for any free one
 */
export async function openStudio(
  files: ReadonlyMap<string, StudioFile>,
  port: number,
): Promise<Studio> {
  const secret = randomBytes(16).toString('hex');
  const server = createServer({ requestTimeout: 10_000 });
  await listening(server, port);
  const { port: actual } = server.address() as AddressInfo;
  const hosts = [`${HOST}:${actual}`, `localhost:${actual}`];
  server.on('request', (request, response) => {
    respond(request, response, answerTo(request, { files, secret, hosts }));
  });
  return {
    url: `http://${HOST}:${actual}/${secret}/`,
    close: () => closed(server),
  };
}

interface Known {
  readonly files: ReadonlyMap<string, StudioFile>;
  readonly secret: string;
  readonly hosts: readonly string[];
}

function answerTo(request: IncomingMessage, { files, secret, hosts }: Known): StudioFile | number {
  const { host = '', origin, 'sec-fetch-site': site } = request.headers;
  if (!hosts.includes(host)) return 421;
  if (origin !== undefined && origin !== `http://${host}`) return 403;
  // What another page asks for, in whatever way.
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 403;
  if (request.method !== 'GET' && request.method !== 'HEAD') return 405;
  const [, given = '', name, ...rest] = (request.url ?? '').split('/');
  if (!isSame(given, secret) || name === undefined || rest.length > 0) return 404;
  return files.get(name) ?? 404;
}

function isSame(given: string, secret: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const REFUSALS: Readonly<Record<number, string>> = {
  403: 'Forbidden: this studio answers its own page alone.',
  404: 'Not found.',
  405: 'Only GET and HEAD.',
  421: 'Misdirected: this studio is 127.0.0.1 alone.',
};

function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: StudioFile | number,
): void {
  const isRefused = typeof answer === 'number';
  const body = isRefused ? `${REFUSALS[answer]}\n` : answer.body;
  response.writeHead(isRefused ? answer : 200, {
    ...HEADERS,
    'Content-Type': isRefused ? 'text/plain; charset=utf-8' : answer.type,
    'Content-Length': Buffer.byteLength(body),
    ...(answer === 405 ? { Allow: 'GET, HEAD' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
