/** Style of a report: light, dark, on a phone and on paper. */
import { SERIES, SERIES_ON_DARK } from './theme.js';

/** Rules of a style go before attributes of a drawing. */
const LIGHTER_SERIES = SERIES.map((color, i) => {
  const onDark = SERIES_ON_DARK[i];
  return `  [fill="${color}"] { fill: ${onDark}; } [stroke="${color}"] { stroke: ${onDark}; }`;
}).join('\n');

export const PAGE_STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --fill: #f6f8fa; --link: #0550ae; --shade: #0003; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14171a; --ink: #e6e8ea; --soft: #a8b0b8; --line: #3a4149; --fill: #1d2125; --link: #79c0ff; --shade: #fff3; }
}
@media screen and (prefers-color-scheme: dark) {
${LIGHTER_SERIES}
  /* colour scales end in a dark one */
  .role-mark [fill^="rgb"] { stroke: var(--soft); stroke-width: 0.75; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; -webkit-text-size-adjust: 100%; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem 1rem 4rem; }
section + section { border-top: 1px solid var(--line); margin-top: 4rem; }
.kind { color: var(--soft); font-size: 0.92rem; margin: 1.25rem 0 0; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 0.25rem; }
h2 { font-size: 1.15rem; line-height: 1.3; margin: 0 0 0.5rem; }
.left-out { color: var(--soft); }
.question { color: var(--soft); margin: 0 0 0.75rem; }
.answers { padding-left: 1.2rem; }
.answers li { margin: 0.25rem 0; font-weight: 600; }
figure { margin: 3rem 0 0; }
.drawing { overflow-x: auto; }
.drawing, .table { background: linear-gradient(to right, var(--paper) 60%, transparent) left / 2rem 100% no-repeat local, linear-gradient(to left, var(--paper) 60%, transparent) right / 2rem 100% no-repeat local, linear-gradient(to right, var(--shade), transparent) left -1px top 0 / 0.6rem 100% no-repeat scroll, linear-gradient(to left, var(--shade), transparent) right -1px top 0 / 0.6rem 100% no-repeat scroll; }
.drawing svg { max-width: 100%; height: auto; display: block; }
figcaption { color: var(--soft); font-size: 0.92rem; margin-top: 0.4rem; }
.tools { margin: 0.5rem 0; }
button { font: inherit; font-size: 0.85rem; min-height: 1.9rem; padding: 0.2rem 0.8rem; color: var(--ink); background: var(--fill); border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
summary { cursor: pointer; color: var(--link); }
.table { overflow: auto; max-height: 26rem; margin: 0.5rem 0; }
table { border-collapse: collapse; font-size: 0.88rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
th, td { text-align: left; padding: 0.25rem 0.6rem; border-bottom: 1px solid var(--line); white-space: nowrap; vertical-align: top; }
td.t { white-space: normal; min-width: 5rem; max-width: 24rem; overflow-wrap: anywhere; }
th { position: sticky; top: 0; background: var(--paper); white-space: normal; vertical-align: bottom; overflow-wrap: break-word; }
td.n, th.n { text-align: right; }
.made { color: var(--soft); font-size: 0.92rem; margin: 2.5rem 0 0.5rem; }
pre { background: var(--fill); border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem; overflow: auto; font-size: 0.8rem; max-height: 30rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
#tip { position: fixed; left: 0; top: 0; z-index: 2; max-width: min(20rem, 90vw); padding: 0.35rem 0.6rem; background: var(--paper); border: 1px solid var(--soft); border-radius: 6px; box-shadow: 0 2px 8px #0004; font-size: 0.82rem; line-height: 1.4; font-variant-numeric: tabular-nums; pointer-events: none; }
#tip:empty { display: none; }
#tip span { color: var(--soft); }
#spot { position: fixed; z-index: 1; border: 2px solid var(--ink); border-radius: 50%; width: 12px; height: 12px; margin: -6px 0 0 -6px; pointer-events: none; }
@media (max-width: 40rem) {
  h1 { font-size: 1.35rem; }
  figure { margin-top: 2.25rem; }
}
@media print {
  @page { size: A4; margin: 15mm; }
  :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #333; --line: #999; --fill: #fff; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  section + section { break-before: page; border: 0; margin: 0; }
  h1, h2 { break-after: avoid; }
  figure { break-inside: avoid; margin-top: 8mm; }
  .tools, details, #tip, #spot { display: none; }
  .table { max-height: none; overflow: visible; }
  table { font-size: 8.5pt; }
  th { position: static; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  .long tbody tr:nth-child(n+31) { display: none; }
  .long::after { content: "The first 30 rows; all are on the screen."; font-size: 8.5pt; color: var(--soft); }
  .drawing { overflow: visible; }
  .drawing, .table { background: none; }
  .drawing svg { min-width: 0 !important; }
}
`;
