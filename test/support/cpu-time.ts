/** Processor time that a call takes, in ms: unlike the time on the clock, it does not grow with what else is running. */
export function cpuMs(call: () => void): number {
  const before = process.cpuUsage();
  call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
