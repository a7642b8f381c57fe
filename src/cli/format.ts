/** Numbers as text. */
import type { Estimate } from '../statistics/intervals.js';

/** An estimate as text: the value, and what is known about it. */
export interface EstimateText {
  readonly value: string;
  /** `±0.0006`; `≥0.41` or `≤0.43` if only that bound is known; `–` if none is. */
  readonly interval: string;
}

/**
 * Estimates in dB with the same number of decimals: at least `fewest`, more (up to `most`) where half an interval is smaller than
 * the last one.
 */
export function decibels(estimates: readonly Estimate[], fewest = 3, most = 5): EstimateText[] {
  const decimals = decimalsFor(estimates, fewest, most);
  return estimates.map((estimate) => estimateText(estimate, (value) => fixed(value, decimals)));
}

/** The same for differences, with a sign. */
export function signedDecibels(estimates: readonly Estimate[]): EstimateText[] {
  return decibels(estimates).map(({ value, interval }) => ({
    value: value.startsWith('−') ? value : `+${value}`,
    interval,
  }));
}

/** `97.1 %`: shares with the same number of decimals, 1 to 3 by the same rule. */
export function percents(estimates: readonly Estimate[]): EstimateText[] {
  const decimals = decimalsFor(estimates, 3, 5) - 2;
  return estimates.map((estimate) =>
    estimateText(estimate, (share) => `${fixed(100 * share, decimals)} %`),
  );
}

function decimalsFor(estimates: readonly Estimate[], fewest: number, most: number): number {
  let decimals = fewest;
  for (const { low, high } of estimates) {
    const half = low === null || high === null ? 0 : (high - low) / 2;
    while (half > 0 && decimals < most && half * 10 ** decimals < 1) decimals += 1;
  }
  return decimals;
}

function estimateText(estimate: Estimate, text: (value: number) => string): EstimateText {
  const { value, low, high } = estimate;
  let interval = '–';
  if (low !== null && high !== null) interval = `±${text((high - low) / 2)}`;
  else if (low !== null) interval = `≥${text(low)}`;
  else if (high !== null) interval = `≤${text(high)}`;
  return { value: text(value), interval };
}

/** A number with so many decimals, a true minus sign, and no sign on a zero. */
export function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** `1 234 567`: thousands apart. */
export function integer(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** `1 pair`, `12 000 matings`. */
export function counted(count: number, noun: string): string {
  return `${integer(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2.13 M`: a rate in millions, thousands or ones. */
export function rate(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} M`;
  if (value >= 1e3) return `${(value / 1e3).toFixed(1)} k`;
  return value.toFixed(0);
}

/** `1 h 02 min`, `3 min 05 s`, `12 s`, `0.4 s`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole >= 3600) {
    return `${integer(Math.floor(whole / 3600))} h ${pad2(Math.floor((whole % 3600) / 60))} min`;
  }
  return whole >= 60 ? `${Math.floor(whole / 60)} min ${pad2(whole % 60)} s` : `${whole} s`;
}

function pad2(value: number): string {
  return value.toString().padStart(2, '0');
}
