/** Whether the connectors of a channel go together: one kind of plug, and one light that goes through all of them. */
import { isSameFibre } from './check-mates.js';
import type { LossBudget } from './optics.js';
import { shorten } from './raw.js';
import type { Design, Pair } from './types.js';
import { round15 } from './units.js';

/** What is wrong with a channel: the key where it stands, in which words, and what was expected. */
export interface ConnectorFault {
  readonly key: 'connectors' | 'optics';
  readonly message: string;
  readonly expected: string;
}

/** Share by which the wavelength may differ from that of the optics: their bands are narrower. */
const SAME_BAND = 0.05;

/** The first fault of connectors, given with both plugs of each in turn; undefined if there is none. */
export function connectorFault(
  connectors: readonly Pair[],
  plugs: readonly Design[],
  budget: LossBudget | null,
): ConnectorFault | undefined {
  return plugFault(plugs) ?? lightFault(connectors) ?? opticsFault(connectors, plugs, budget);
}

function plugFault(plugs: readonly Design[]): ConnectorFault | undefined {
  const again = plugs.find((plug, i) => plug.measured !== null && plugs.indexOf(plug) !== i);
  if (again !== undefined) {
    return {
      key: 'connectors',
      message: `the one plug that was measured as "${shorten(again.name)}" cannot be in it twice`,
      expected: 'each measured plug once',
    };
  }
  const [first] = plugs as [Design];
  const isAlike = (plug: Design) =>
    plug.fibreCount === first.fibreCount && isSameFibre(first, plug);
  if (plugs.every(isAlike)) return undefined;
  return {
    key: 'connectors',
    message: 'its connectors have different fibres',
    expected: 'pairs of the same fibre count and kind of fibre',
  };
}

function lightFault(connectors: readonly Pair[]): ConnectorFault | undefined {
  const wavelengths = new Set(connectors.map(({ mating }) => inNm(mating.wavelengthUm)));
  if (wavelengths.size > 1) {
    return {
      key: 'connectors',
      message: `its connectors have light of ${[...wavelengths].join(' and ')} nm`,
      expected: 'one wavelength',
    };
  }
  const launches = new Set(connectors.map(({ mating }) => JSON.stringify(mating.launch)));
  if (launches.size === 1) return undefined;
  return {
    key: 'connectors',
    message: 'its connectors have different launches, but light is launched once',
    expected: 'the same launch in all',
  };
}

function opticsFault(
  connectors: readonly Pair[],
  plugs: readonly Design[],
  budget: LossBudget | null,
): ConnectorFault | undefined {
  if (budget === null) return undefined;
  if (budget.mode !== plugs[0]?.mode) {
    return {
      key: 'optics',
      message: `${budget.name} needs ${budget.mode} connectors`,
      expected: budget.mode,
    };
  }
  const nm = inNm(connectors[0]?.mating.wavelengthUm ?? 0);
  if (Math.abs(nm / budget.wavelengthNm - 1) <= SAME_BAND) return undefined;
  return {
    key: 'optics',
    message: `${budget.name} does not work at ${nm} nm`,
    expected: `${budget.wavelengthNm} nm`,
  };
}

function inNm(um: number): number {
  return round15(um * 1000);
}
