/** Saves texts and figures as files of the user's. */
import { INK } from '../../report/theme.js';

export function saveText(text: string, name: string): void {
  saveBlob(new Blob([text], { type: 'text/plain' }), name);
}

/** Dark on white whatever the page is, as one wants it in a document; a PNG twice as large. */
export async function saveFigure(
  svg: SVGSVGElement,
  name: string,
  kind: 'svg' | 'png',
): Promise<void> {
  const { width, height } = svg.viewBox.baseVal;
  const alone = svg.cloneNode(true) as SVGSVGElement;
  const paper = document.createElementNS(svg.namespaceURI, 'rect');
  for (const [key, value] of Object.entries({ width, height, fill: '#fff' }))
    paper.setAttribute(key, String(value));
  alone.prepend(paper);
  alone.setAttribute('width', String(width));
  alone.setAttribute('height', String(height));
  const text = new XMLSerializer().serializeToString(alone).replaceAll('currentColor', INK);
  if (kind === 'svg') {
    saveBlob(new Blob([text], { type: 'image/svg+xml' }), name);
    return;
  }
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(2 * width);
  canvas.height = Math.round(2 * height);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((png) => {
    if (png !== null) saveBlob(png, name);
  }, 'image/png');
}

function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
