/** Style and script of a report. */

export const PAGE_STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --fill: #f6f8fa; --link: #0550ae; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14171a; --ink: #e6e8ea; --soft: #a8b0b8; --line: #3a4149; --fill: #1d2125; --link: #79c0ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; margin: 1.5rem 0 0.25rem; }
h2 { font-size: 1.15rem; margin: 0 0 0.5rem; }
.question { color: var(--soft); margin: 0 0 0.75rem; }
.answers { padding-left: 1.2rem; }
.answers li { margin: 0.25rem 0; font-weight: 600; }
figure { margin: 2.5rem 0 0; }
.drawing { overflow-x: auto; }
.drawing svg { max-width: 100%; height: auto; display: block; }
figcaption { color: var(--soft); font-size: 0.92rem; margin-top: 0.4rem; }
.tools { margin: 0.4rem 0; }
button { font: inherit; font-size: 0.85rem; padding: 0.2rem 0.7rem; color: var(--ink); background: var(--fill); border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
summary { cursor: pointer; color: var(--link); }
.table { overflow-x: auto; max-height: 26rem; margin: 0.5rem 0; }
table { border-collapse: collapse; font-size: 0.88rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 0.25rem 0.6rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { position: sticky; top: 0; background: var(--paper); }
td.n, th.n { text-align: right; }
.provenance { margin-top: 2.5rem; }
pre { background: var(--fill); border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem; overflow-x: auto; font-size: 0.8rem; max-height: 30rem; }
@media print {
  @page { size: A4; margin: 15mm; }
  :root { --paper: #fff; --ink: #000; --soft: #333; --line: #999; --fill: #fff; }
  main { max-width: none; padding: 0; }
  figure { break-inside: avoid; }
  .tools, details { display: none; }
  .table { max-height: none; overflow: visible; }
  .drawing { overflow: visible; }
}
`;

/** Saves a figure as it is seen: SVG with the colour of the ink written out, PNG at twice the size on paper. */
export const PAGE_SCRIPT = `
(() => {
  const standalone = (figure) => {
    const svg = figure.querySelector('.drawing svg').cloneNode(true);
    const { color, backgroundColor } = getComputedStyle(document.body);
    svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    return { text: new XMLSerializer().serializeToString(svg).replaceAll('currentColor', color), svg, backgroundColor };
  };
  const save = (blob, name) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  document.addEventListener('click', (event) => {
    const kind = event.target.dataset?.save;
    const figure = event.target.closest('figure');
    if (kind === undefined || figure === null) return;
    const { text, svg, backgroundColor } = standalone(figure);
    const blob = new Blob([text], { type: 'image/svg+xml' });
    if (kind === 'svg') return save(blob, figure.dataset.name + '.svg');
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement('canvas');
      canvas.width = 2 * svg.getAttribute('width');
      canvas.height = 2 * svg.getAttribute('height');
      const context = canvas.getContext('2d');
      context.fillStyle = backgroundColor;
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((png) => save(png, figure.dataset.name + '.png'), 'image/png');
    };
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
  });
})();
`;
