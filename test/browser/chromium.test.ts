/** The harness sees what it is for: errors, requests, dialogs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../cli/helpers.js';
import { describeInChromium } from './chromium.js';

const BAD = `<!doctype html><title>bad</title><img src="http://127.0.0.1:9/picture.png" alt=""><script src="other.js"></script>
<script>console.error('a console error'); alert('a dialog'); setTimeout(() => { throw new Error('thrown late'); });</script>`;

describeInChromium('the browser of the tests', ({ openPage }) => {
  it('tells errors, dialogs and requests of a page', async () => {
    const file = join(temporaryFolder(), 'bad.html');
    writeFileSync(file, BAD);
    const { page, faults, close } = await openPage(pathToFileURL(file).href);
    await expect.poll(() => faults.join('\n')).toContain('thrown: thrown late');
    expect(faults).toContain('error: a console error');
    expect(faults).toContain('dialog: a dialog');
    expect(faults).toContain('request: http://127.0.0.1:9/picture.png');
    expect(faults).toContain(`request: ${new URL('other.js', pathToFileURL(file)).href}`);
    expect(await page.evaluate(() => document.title)).toBe('bad');
    await close();
  });

  it('finds no fault with a page that does nothing', async () => {
    const file = join(temporaryFolder(), 'good.html');
    writeFileSync(file, '<!doctype html><title>good</title><img alt="" src="data:,">');
    const { faults, close } = await openPage(pathToFileURL(file).href);
    expect(faults).toEqual([]);
    await close();
  });
});
