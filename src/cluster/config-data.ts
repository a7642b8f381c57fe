/** Files as the data of a ConfigMap: under keys of its alphabet, mounted again under their own paths. */
import { UserError } from '../errors.js';

export interface MountedFile {
  /** Relative to the folder that it is mounted in, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface ConfigData {
  readonly data: Readonly<Record<string, string>>;
  /** In base64. */
  readonly binaryData: Readonly<Record<string, string>>;
  readonly items: readonly { readonly key: string; readonly path: string }[];
}

/** Of the data of a ConfigMap. */
export const MOST_BYTES = 1_048_576;

/** What a reader of YAML takes for line ends, drops, or takes for indentation: files that hold it go as base64. */
const NOT_FOR_YAML =
  /^\s|[^\t\n\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

/** Throws UserError if the files are larger than a ConfigMap may be. */
export function configData(files: readonly MountedFile[]): ConfigData {
  const data: Record<string, string> = {};
  const binaryData: Record<string, string> = {};
  let bytes = 0;
  const items = files.map(({ path, text }, i) => {
    // the number keeps keys apart
    const key = `${i + 1}-${path.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(-100)}`;
    if (NOT_FOR_YAML.test(text)) binaryData[key] = Buffer.from(text).toString('base64');
    else data[key] = text;
    bytes += key.length + Buffer.byteLength(text);
    return { key, path };
  });
  if (bytes > MOST_BYTES) {
    throw new UserError([
      {
        message: `the scenario and the files that it refers to have ${bytes} bytes; a ConfigMap holds at most ${MOST_BYTES}`,
        suggestion: 'leave out columns and rows that the scenario does not use',
      },
    ]);
  }
  return { data, binaryData, items };
}
