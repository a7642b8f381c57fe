/** For parsers that make an Error of every slip: recording a hundred thousand stack traces would take seconds. */

/** What `parse` returns; errors that are made meanwhile have no stack traces. */
export function withoutStackTraces<T>(parse: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return parse();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
