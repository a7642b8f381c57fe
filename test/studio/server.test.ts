/** The studio's server answers its own page alone, and serves nothing but its own files. */
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStudio, type Studio } from '../../src/studio/server.js';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let studio: Studio;
let host: string;
let port: number;
let secret: string;

beforeAll(async () => {
  const files = new Map([
    ['', { type: 'text/html', body: 'the page' }],
    ['start.json', { type: 'application/json', body: '{"secret":"design"}' }],
  ]);
  studio = await openStudio(files, 0);
  const url = new URL(studio.url);
  host = url.host;
  port = Number(url.port);
  secret = url.pathname.replaceAll('/', '');
});
afterAll(() => studio.close());

/** Paths go out as they are, unlike those of fetch. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers: { host, ...headers } });
    asked.on('error', reject);
    asked.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => {
        body += text;
      });
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    asked.end();
  });
}

describe('the studio', () => {
  it('serves its files to whoever knows the secret', async () => {
    expect(await ask(`/${secret}/`)).toMatchObject({ status: 200, body: 'the page' });
    expect(await ask(`/${secret}/start.json`)).toMatchObject({ status: 200 });
    const head = await ask(`/${secret}/`, {}, 'HEAD');
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head.headers['content-length']).toBe('8');
    expect(secret).toMatch(/^[0-9a-f]{32}$/);
  });

  it('has another secret and another port each time', async () => {
    const other = await openStudio(new Map(), 0);
    const url = new URL(other.url);
    expect([url.port, url.pathname]).not.toContain(String(port));
    expect(url.pathname).not.toContain(secret);
    await other.close();
    await expect(fetch(other.url)).rejects.toThrow();
  });

  it.each([
    ['another name that points here', { host: 'evil.example' }],
    ['the same with the port', { host: 'evil.example:80' }],
    ['another port', { host: '127.0.0.1:1' }],
    ['a name that begins alike', { host: '127.0.0.1.evil.example' }],
  ])('refuses a Host of %s', async (_, headers) => {
    const { status, body } = await ask(`/${secret}/start.json`, headers);
    expect(status).toBe(421);
    expect(body).not.toContain('design');
  });

  it.each([
    [{ origin: 'http://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'https://127.0.0.1' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('refuses what another page asks for: %o', async (headers) => {
    const { status, body } = await ask(`/${secret}/start.json`, headers as Record<string, string>);
    expect(status).toBe(403);
    expect(body).not.toContain('design');
  });

  it('answers its own page', async () => {
    const own = { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
    expect((await ask(`/${secret}/start.json`, own)).status).toBe(200);
    const named = { host: `localhost:${port}`, origin: `http://localhost:${port}` };
    expect((await ask(`/${secret}/start.json`, named)).status).toBe(200);
  });

  it.each([
    '/',
    '/start.json',
    '/0123456789abcdef0123456789abcdef/start.json',
    '/SECRET',
    '/SECRET/../start.json',
    '/SECRET/../../../etc/passwd',
    '/SECRET/%2e%2e/%2e%2e/etc/passwd',
    '/SECRET/..%2f..%2fetc%2fpasswd',
    '/SECRET//etc/passwd',
    '/SECRET/package.json',
    '/SECRET/start.json/',
    '/SECRET/start.json?x=1',
    '/SECRET/__proto__',
    '/SECRET/constructor',
    '//SECRET/start.json',
    'http://evil.example/SECRET/start.json',
  ])('has nothing at %s', async (path) => {
    const { status, body } = await ask(path.replace('SECRET', secret));
    expect({ status, body }).toEqual({ status: 404, body: 'Not found.\n' });
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('refuses %s', async (method) => {
    expect((await ask(`/${secret}/`, {}, method)).status).toBe(405);
  });

  it('lets no other page frame it, sniff it or run anything in it', async () => {
    for (const path of [`/${secret}/`, '/']) {
      const { headers } = await ask(path);
      expect(headers).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors/);
      expect(headers['content-security-policy']).not.toContain("script-src 'self' 'unsafe-inline'");
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('listens to this machine alone', async () => {
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((address) => address !== undefined && !address.internal && address.family === 'IPv4');
    for (const other of others) {
      const answer = await new Promise<string>((resolve) => {
        const socket = connect({ host: other?.address, port, timeout: 2000 });
        socket.on('connect', () => resolve('connected'));
        socket.on('error', () => resolve('refused'));
        socket.on('timeout', () => resolve('refused'));
      });
      expect(answer).toBe('refused');
    }
  });
});
