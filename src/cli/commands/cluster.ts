/** `matedpair cluster`: a study in shards as work for a cluster. */
import type { Command } from 'commander';
import { addKubernetesCommand } from './cluster-kubernetes.js';
import { addSlurmCommand } from './cluster-slurm.js';

export function addClusterCommand(program: Command): void {
  const command = program
    .command('cluster')
    .summary('write what a cluster needs to compute a study in shards')
    .description(
      'Writes the batch script or the manifests with which a cluster computes a study in shards and merges them. Submits nothing.',
    );
  addSlurmCommand(command);
  addKubernetesCommand(command);
}
