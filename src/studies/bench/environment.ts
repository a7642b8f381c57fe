/** Where figures were measured: they mean nothing elsewhere. */
import { cpus, loadavg, release } from 'node:os';
import { defaultWorkers } from '../../engine/pool.js';
import { VERSION } from '../../package-root.js';

export interface Environment {
  /** Of matedpair. */
  readonly version: string;
  readonly startedAt: string;
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly v8: string;
  readonly os: string;
  /** Processes that wanted a core in the last minute before the start; 0 on Windows. */
  readonly load: number;
  /** Of the checkout, `-changed` if files differ from it. */
  readonly commit?: string | undefined;
}

export function environment(): Environment {
  return {
    version: VERSION,
    startedAt: new Date().toISOString(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: defaultWorkers(),
    node: process.version,
    v8: process.versions.v8,
    os: `${process.platform} ${release()} ${process.arch}`,
    load: Math.round(100 * (loadavg()[0] ?? 0)) / 100,
  };
}
