/** Exit codes of the command line. */
export const EXIT = {
  ok: 0,
  /** A limit was missed. */
  limitMissed: 1,
  /** Of two results that were compared. */
  differ: 1,
  /** The input or the command line is wrong. */
  userError: 2,
  /** A defect of the program. */
  internalError: 70,
  /** Ended by SIGTERM or by --max-time before it was done; what was computed is kept, the same command goes on. */
  stopped: 75,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const;
