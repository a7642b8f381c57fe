/** JSON of strangers: parsing what has too many values ends the process, not with an error. */

/** Arrays and objects, and values between commas: those of a sweep of 40,000 swept pairs are 2 and 5 millions. */
const MOST_CONTAINERS = 2_500_000;
const MOST_VALUES = 8_000_000;

/** As JSON.parse. Throws SyntaxError, also for more arrays, objects or values than any result or part has. */
export function parseBounded(text: string): unknown {
  let containers = 0;
  let values = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === COMMA) values += 1;
    else if (code === BRACKET || code === BRACE) containers += 1;
  }
  if (containers > MOST_CONTAINERS || values > MOST_VALUES) {
    throw new SyntaxError(`it holds more than ${MOST_VALUES} values, or ${MOST_CONTAINERS} lists`);
  }
  return JSON.parse(text);
}

const COMMA = 44;
const BRACKET = 91;
const BRACE = 123;
