/** Files of long tests begin first, so that the workers end together. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** About how many seconds those of several take, on one core; nothing depends on it but the order. */
const SECONDS: Readonly<Record<string, number>> = {
  'cli/resume': 100,
  'package/documentation': 100,
  'browser/studio': 60,
  'fuzz/fuzz': 50,
  'cluster/slurm': 46,
};

function secondsOf({ moduleId }: TestSpecification): number {
  const [, name = ''] = /\/test\/(.*)\.test\.ts$/.exec(moduleId) ?? [];
  return SECONDS[name] ?? 0;
}

export class LongestFirst extends BaseSequencer {
  /** Tests with a process of their own first: between them, those that share one would have to start theirs again. */
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isShared = ({ project }: TestSpecification): number => (project.config.isolate ? 0 : 1);
    // Neighbours of no known length stay as they were.
    return (await super.sort(files)).sort(
      (a, b) => isShared(a) - isShared(b) || secondsOf(b) - secondsOf(a),
    );
  }
}
