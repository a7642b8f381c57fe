/**
 * Loaded ahead of a program (`node --import`): writes the peak of its memory in octets to the file that
 * MATEDPAIR_PEAK_FILE names.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** On Linux from the process's own status: its resource usage would include the memory of the process that started it. */
function peakOctets(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}

const file = process.env['MATEDPAIR_PEAK_FILE'];
if (isMainThread && file !== undefined) {
  process.on('exit', () => writeFileSync(file, `${peakOctets()}`));
}
