/** mathjs as the bundler takes it in. */

import type * as Mathjs from 'mathjs';
import * as bundle from 'mathjs/lib/browser/math.js';

export const mathjs = bundle as unknown as typeof Mathjs;
