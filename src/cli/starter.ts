/** The scenario that `matedpair init` writes. */

export function starterScenario(): string {
  return `# A matedpair scenario. Every value carries its unit; "matedpair validate" checks the file.
# Print the schema for your editor with: matedpair schema > scenario.schema.json
name: my-study
description: MTP Standard against the same with looser guide holes
seed: "1"
matings: 100000

designs:
  standard:
    extends: mtp-standard # shipped: generic-mpo, mtp-standard, mtp-elite
  loose-holes:
    extends: standard
    guideHoles:
      # A tolerance says what it means: "± 0.45 um at 3 sigma" (normal), "…, truncated", or "± 0.45 um uniform".
      diameter: 699.8 um ± 0.45 um at 3 sigma, truncated
    spring:
      force: 10 N ± 1.2 N at 3 sigma, truncated

# What belongs to the mating rather than to a plug; all of it has defaults.
mating:
  wavelength: 1310 nm
  sideLoad: { distribution: half-normal, sigma: 2 N }

pairs:
  standard: { pinned: standard, unpinned: standard }
  loose-holes: { pinned: loose-holes, unpinned: loose-holes }

# Reported as met, missed or undecided; a missed limit gives exit code 1.
limits:
  - p97 <= 0.75 dB
`;
}
