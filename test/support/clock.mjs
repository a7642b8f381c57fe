/** Loaded before the command line by `node --import`: a wall clock that goes back by an hour whenever it is read, in all threads. */
const Real = Date;
let hours = 0;

function now() {
  hours += 1;
  return Real.now() - 3_600_000 * hours;
}

globalThis.Date = class extends Real {
  constructor(...given) {
    super(...(given.length === 0 ? [now()] : given));
  }
  static now() {
    return now();
  }
};
