/**
 * A look at the tokens of a YAML text before it is parsed.
 *
 * The parser is recursive, and a text of some kilobytes that only nests can exhaust its stack or keep it busy for
 * seconds; so nesting and size are bounded on the tokens, which cost a fraction of the parse.
 */
import { Lexer } from 'yaml';

const DEEPEST = 40;
/** About 65,000 values of a list in one line; parsing so many takes well under a second. */
const MOST_TOKENS = 200_000;
/** Well-formed JSON cannot flood the parser with errors and may be longer, as written-out measured values are. */
const MOST_TOKENS_JSON = 400_000;

export interface TextProblem {
  readonly offset: number;
  readonly message: string;
  readonly suggestion?: string;
}

/** The first reason not to parse this text, or undefined. */
export function nestingProblem(text: string, isJson: boolean): TextProblem | undefined {
  const mostTokens = isJson ? MOST_TOKENS_JSON : MOST_TOKENS;
  const indents: number[] = [];
  let offset = 0;
  let tokens = 0;
  let flowDepth = 0;
  let inLine = 0;
  let lineStart = true;
  for (const token of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > mostTokens) {
      return {
        offset,
        message: `the file has more than ${mostTokens} tokens`,
        suggestion: 'keep long lists of measured values in a CSV file',
      };
    }
    const isIndent = lineStart && /^ +$/.test(token);
    if (isMarker(token)) continue;
    if (token === '\n' || token === '\r\n') {
      lineStart = true;
      inLine = 0;
    } else if (token === '[' || token === '{') flowDepth += 1;
    else if (token === ']' || token === '}') {
      flowDepth -= 1;
      if (flowDepth < 0) return { offset, message: `unexpected "${token}"` };
    } else if (flowDepth === 0 && (token === '-' || token === '?' || token === ':')) inLine += 1;
    if (lineStart && token !== '\n' && token !== '\r\n' && !token.startsWith('#')) {
      if (flowDepth === 0) pushIndent(indents, isIndent ? token.length : 0);
      lineStart = false;
    }
    if (flowDepth + inLine + indents.length > DEEPEST) {
      return { offset, message: `nested more than ${DEEPEST} levels deep` };
    }
    offset += token.length;
  }
  return undefined;
}

/** The lexer's own marks (byte-order mark, document start, flow error, scalar), which are no part of the text. */
function isMarker(token: string): boolean {
  return token === '\x02' || token === '\x18' || token === '\x1f' || token === '\uFEFF';
}

function pushIndent(indents: number[], indent: number): void {
  while (indents.length > 0 && indents[indents.length - 1]! >= indent) indents.pop();
  indents.push(indent);
}
