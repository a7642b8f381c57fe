/** What is fuzzed, and each one's share of all inputs: the fewer, the longer one takes. */
export const SHARES = {
  scenario: 10,
  engine: 0.3,
  overrides: 5,
  expression: 34,
  options: 38,
  result: 5,
  report: 0.05,
  measured: 5,
  part: 2.5,
} as const;

export type TargetName = keyof typeof SHARES;
