/** Styles of a workbench. */

/** Of the studio's own page, around the workbench. */
export const STUDIO_STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --fill: #f6f8fa; --link: #0550ae; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14171a; --ink: #e6e8ea; --soft: #a8b0b8; --line: #3a4149; --fill: #1d2125; --link: #79c0ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
body > header { padding: 0.6rem 1rem 0; }
h1 { font-size: 1.15rem; margin: 0; }
body > #workbench { padding: 0 1rem 3rem; }
`;

/** Of a workbench, alone or in a report, whose palette it takes. */
export const WORKBENCH_STYLE = `
.workbench { --bad: #a40e26; --side0: #0072b2; --side1: #b84d00; }
@media screen and (prefers-color-scheme: dark) {
  .workbench { --bad: #ff9aa5; --side0: #56b4e9; --side1: #ffa657; }
}
.workbench { container-type: inline-size; }
.what-if { width: min(96vw, 84rem); margin-left: calc(50% - min(48vw, 42rem)); }
.workbench .bar { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; padding: 0.5rem 0; background: var(--paper); border-bottom: 1px solid var(--line); }
.workbench .status { color: var(--soft); font-variant-numeric: tabular-nums; }
.workbench button, .workbench select, .workbench input[type=number], .workbench textarea { font: inherit; font-size: 0.85rem; color: var(--ink); background: var(--fill); border: 1px solid var(--line); border-radius: 5px; padding: 0.15rem 0.45rem; }
.workbench button { cursor: pointer; }
.workbench button:disabled { opacity: 0.5; cursor: default; }
.workbench button[aria-pressed=true] { border-color: var(--link); color: var(--link); font-weight: 600; }
.workbench .note { color: var(--soft); margin: 0.5rem 0; }
.workbench .problem { color: var(--bad); border-left: 4px solid var(--bad); margin: 0.6rem 0; padding: 0.2rem 0.2rem 0.2rem 1.6rem; }
.workbench .columns { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; margin-top: 0.75rem; }
.workbench .results { grid-row: 1; }
@container (min-width: 950px) {
  .workbench .columns { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: start; }
  .workbench .results { grid-row: auto; position: sticky; top: 3.2rem; max-height: calc(100vh - 3.5rem); overflow-y: auto; }
}
.workbench .row { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0.1rem 1.1rem; align-items: start; padding: 0.3rem 0; border-top: 1px solid var(--line); }
@container (max-width: 560px) { .workbench .row:not(.heads) { grid-template-columns: minmax(0, 1fr); } .workbench .cell { padding-left: 0.4rem; border-left: 3px solid; } }
.workbench .row.heads { border: 0; }
.workbench .head { display: flex; flex-wrap: wrap; gap: 0.3rem; align-items: center; min-width: 0; border-top: 3px solid; padding-top: 0.2rem; }
.workbench .head select { max-width: 100%; }
.workbench .head strong { color: var(--ink); width: 100%; overflow-wrap: anywhere; }
.workbench .side0 { border-color: var(--side0); accent-color: var(--side0); }
.workbench .side1 { border-color: var(--side1); accent-color: var(--side1); }
.workbench .cell[data-changed=true] { box-shadow: -4px 0 0 var(--paper), -7px 0 0 currentColor; }
.workbench .label { grid-column: 1 / -1; font-size: 0.9rem; }
.workbench .label small { color: var(--soft); }
.workbench .group > summary { font-weight: 600; padding: 0.5rem 0 0.3rem; }
.workbench summary { cursor: pointer; color: var(--link); }
.workbench .law summary { font-size: 0.8rem; }
.workbench .slider { display: grid; grid-template-columns: 3.1rem minmax(4rem, 1fr) 5.2rem 2.4rem; gap: 0.3rem; align-items: center; }
.workbench .slider .name, .workbench .unit { font-size: 0.78rem; color: var(--soft); overflow-wrap: anywhere; }
.workbench .slider input { width: 100%; min-width: 0; }
.workbench textarea { width: 100%; font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.78rem; }
.workbench .verdict { font-weight: 600; margin: 0 0 0.5rem; overflow-wrap: anywhere; }
.workbench table.numbers { border-collapse: collapse; font-size: 0.85rem; font-variant-numeric: tabular-nums; margin-bottom: 0.6rem; }
.workbench .numbers th, .workbench .numbers td { text-align: left; padding: 0.1rem 0.9rem 0.1rem 0; border-bottom: 1px solid var(--line); font-weight: normal; white-space: normal; vertical-align: top; }
.workbench .numbers thead th { position: static; overflow-wrap: anywhere; font-weight: 600; }
.workbench .tabs { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.4rem; }
.workbench figure.live { margin: 1rem 0 0; }
.workbench figure.live h2 { font-size: 0.95rem; margin: 0 0 0.3rem; overflow-wrap: anywhere; }
.workbench figure.live .drawing { overflow-x: auto; }
.workbench figure.live svg { max-width: 100%; height: auto; display: block; }
.workbench figure.live figcaption { color: var(--soft); font-size: 0.82rem; }
.workbench .mating input { width: 7rem; }
@media print { .workbench .bar, .workbench .inputs { display: none; } }
.workbench .limits { margin: 0 0 0.6rem; padding-left: 1.2rem; font-size: 0.85rem; }
.workbench .limits [data-verdict=missed] { color: var(--bad); }
.workbench .table { overflow: auto; max-height: 20rem; }
.workbench .live table { border-collapse: collapse; font-size: 0.8rem; font-variant-numeric: tabular-nums; }
.workbench .live th, .workbench .live td { text-align: left; padding: 0.1rem 0.6rem 0.1rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
.workbench .tools { margin: 0.3rem 0; }
`;
