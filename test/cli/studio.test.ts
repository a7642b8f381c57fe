/** `studio` from the command line: prints where it is, ends with Ctrl-C, tells what is wrong. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { folderWithScenario, MAIN, matedpair } from './helpers.js';

describe('studio', () => {
  it('serves the page until Ctrl-C, and leaves no file', async () => {
    const folder = folderWithScenario();
    const child = spawn(process.execPath, [MAIN, 'studio', 'small.yaml', '--no-open'], {
      cwd: folder,
    });
    let stdout = '';
    child.stdout.on('data', (text) => {
      stdout += String(text);
    });
    while (!stdout.includes('Ctrl-C')) await once(child.stdout, 'data');
    const [url] = /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\//.exec(stdout) as RegExpExecArray;
    expect(await (await fetch(url)).text()).toContain('<title>matedpair studio</title>');
    const start = (await (await fetch(`${url}start.json`)).json()) as {
      bench: { sides: { name: string }[] };
    };
    expect(start.bench.sides).toHaveLength(2);
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Studio of small\.yaml: http\S+\nCtrl-C ends it\.\nStudio closed\.\n$/);
  });

  it('a port in use, a missing or wrong scenario: one error, exit code 2', async () => {
    const folder = folderWithScenario();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    for (const [args, message] of [
      [['small.yaml', '--port', String(port)], /cannot listen to port \d+: it is in use/],
      [['small.yaml', '--port', '70000'], /Expected a port from 0/],
      [['missing.yaml'], /missing\.yaml: the scenario file does not exist/],
    ] as const) {
      const { code, stdout, stderr } = await matedpair(folder, ['studio', '--no-open', ...args]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
    other.close();
  });
});
