/** `matedpair allocate`: which tolerances meet the limits of a pair. */
import { type Command, Option } from 'commander';
import { UserError } from '../../errors.js';
import { workOf } from '../../parts/work.js';
import { loadScenario } from '../../scenario/index.js';
import {
  type AllocationSpec,
  parseTolerances,
  type ToleranceSpec,
} from '../../scenario/read-allocation.js';
import { oneOf } from '../../scenario/suggest.js';
import type { Scenario } from '../../scenario/types.js';
import { allocationStudy } from '../../studies/allocate/study.js';
import { allocationLines } from '../allocation-summary.js';
import { EXIT } from '../exit-codes.js';
import { TOLD_FAULTS } from '../failure.js';
import { counted } from '../format.js';
import { Interrupted, interruptible } from '../interrupt.js';
import { journalBeside, keep, tellEnding } from '../journal.js';
import { knownPairs } from '../pair-option.js';
import { resultPath, tellResult } from '../result-output.js';
import { addKeepOptions, addRunOptions, type RunFlags } from '../run-and-report.js';
import {
  addScenarioOptions,
  matingCount,
  printWarnings,
  type ScenarioFlags,
  scenarioOptions,
} from '../scenario-options.js';

interface Flags extends RunFlags, ScenarioFlags {
  readonly pair?: string;
  readonly tolerance?: readonly string[];
  readonly widest?: string;
  readonly verifyTrials?: string;
}

/** Ranges where none is given. */
const TIGHTER = { least: 0.25, most: 1 };
const WIDER = { least: 0.1, most: 4 };

export function addAllocateCommand(program: Command, onDone: (exitCode: number) => void): void {
  const command = program
    .command('allocate')
    .summary('find the tolerances that meet the limits of a pair')
    .description(
      'Finds the cheapest set of tolerances with which a pair meets its limits at 95 % confidence, or how wide one tolerance may be; verified by independent runs.',
    )
    .argument('<scenario>', 'scenario file, YAML or JSON')
    .option('--pair <name>', 'pair whose limits are to be met')
    .option(
      '--tolerance <path>',
      'what may be chosen, instead of the scenario’s allocation; repeatable',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .addOption(
      new Option(
        '--widest <path>',
        'tell how wide this one may be: a tolerance of the scenario, or a path',
      ).conflicts('tolerance'),
    )
    .option(
      '--verify-trials <n>',
      'matings of a verification (default: 4 × --trials)',
      matingCount,
    );
  addKeepOptions(addRunOptions(addScenarioOptions(command), 'allocation'))
    .addHelpText(
      'after',
      `
A tolerance is a factor on the spread of an input, and costs
cost·(factor^−exponent − 1):
  designs.mpo.bores.positionError = 0.3 to 1, cost 2, exponent 1

Examples:
  $ matedpair allocate my.yaml --pair mpo --limit "mpo: p97 <= 0.25 dB" \\
      --tolerance "designs.mpo.bores.positionError, cost 3" \\
      --tolerance "designs.mpo.endFace.slopeError = 0.2 to 1"
  $ matedpair allocate my.yaml --limit "p97 <= 0.5 dB" --pair mtp \\
      --widest designs.mtp.bores.positionError

Exit code: 0, 1 if the limits are not shown to be met, 2 if the input is wrong,
75 if time ran out, 130 after Ctrl-C`,
    )
    .action(async (file: string, flags: Flags) => {
      const { scenario, allocation, warnings } = loadScenario(file, scenarioOptions(flags));
      printWarnings(warnings);
      const pair = pairOf(flags.pair ?? allocation?.pair ?? undefined, scenario);
      const tolerances = tolerancesOf(flags, allocation, scenario);
      const { workers, engine, verifyTrials } = flags;
      const out = await resultPath(flags, scenario.name, 'allocation');
      const question = flags.widest === undefined ? 'cheapest' : 'widest';
      const verificationMatings = verifyTrials === undefined ? undefined : Number(verifyTrials);
      const work = workOf('allocate', scenario, {
        pair,
        tolerances: tolerances.map(({ place: _, ...tolerance }) => tolerance),
        question,
        verificationMatings,
      });
      const head = () => ({ work, shard: null, source: null });
      const isFresh = flags.fresh === true;
      const journal = out === undefined ? undefined : journalBeside(out, head, isFresh);
      let evaluations = 0;
      const tell = tellEvaluations();
      const study = async (signal: AbortSignal): Promise<number> => {
        try {
          const result = await allocationStudy(scenario, {
            ...{ pair, tolerances, question, workers, engine, verificationMatings },
            ...{ journal, signal, faults: TOLD_FAULTS },
            onEvaluations: (count, phase) => {
              evaluations = count;
              tell(count, phase);
            },
          });
          await tellResult(result, allocationLines, flags, out);
          journal?.remove();
          const outcome = (result.cheapest ?? result.widest)?.outcome;
          return outcome === 'verified' ? EXIT.ok : EXIT.limitMissed;
        } catch (error) {
          if (!(error instanceof Interrupted)) {
            keep(journal);
            throw error;
          }
          await tellEnding(error, counted(evaluations, 'evaluation'), journal, out);
          return error.exitCode;
        }
      };
      onDone(await interruptible(study, flags.maxTime));
    });
}

function pairOf(asked: string | undefined, scenario: Scenario): string {
  if (asked !== undefined) return knownPairs([asked], scenario)[0] as string;
  const [first, second] = scenario.pairs;
  if (first !== undefined && second === undefined) return first.name;
  throw new UserError([
    {
      message: 'allocate: which pair?',
      expected: `--pair, ${oneOf(scenario.pairs.map(({ name }) => name))}`,
    },
  ]);
}

function tolerancesOf(
  { tolerance, widest }: Flags,
  allocation: AllocationSpec | null,
  { designs }: Scenario,
): readonly ToleranceSpec[] {
  const names = Object.keys(designs);
  if (widest !== undefined) {
    const written = allocation?.tolerances.find(({ name }) => name === widest);
    return written === undefined ? parseTolerances('--widest', [widest], names, WIDER) : [written];
  }
  if (tolerance !== undefined) return parseTolerances('--tolerance', tolerance, names, TIGHTER);
  if (allocation !== null) return allocation.tolerances;
  throw new UserError([
    {
      message: 'the scenario has no section allocation, and there is no --tolerance',
      expected: `--tolerance "designs.${names[0]}.bores.positionError, cost 2"`,
    },
  ]);
}

const TELL_MS = 2000;

/** The number of evaluations that a search takes is not known before. */
function tellEvaluations(): (evaluations: number, phase: 'search' | 'verification') => void {
  let toldAt = -Infinity;
  return (evaluations, phase) => {
    const now = performance.now();
    if (phase === 'search' && now - toldAt < TELL_MS) return;
    toldAt = now;
    process.stderr.write(
      phase === 'search'
        ? `searching: ${evaluations} evaluations\n`
        : `verifying after ${evaluations} evaluations\n`,
    );
  };
}
