/** Scripts of a report: what a mark says to who points at it, and figures as files. Nothing else moves. */

/**
 * Tells the values of the mark at the pointer, mouse or finger, and of one after the other by arrow keys. The nearest
 * counts, of equals the topmost; a bar or cell is as far as four pixels, so that a point or line upon it can be met.
 */
const HOVER_SCRIPT = `
(() => {
  const NEAR = 20, AREA = 4, STEPS = 40;
  const tip = document.getElementById('tip');
  const spot = document.getElementById('spot');
  const places = new WeakMap();
  const known = new WeakMap();
  const layersOf = (drawing) => {
    if (!known.has(drawing)) known.set(drawing, JSON.parse(drawing.dataset.marks));
    return known.get(drawing);
  };
  let byKey;
  const hide = () => { tip.replaceChildren(); spot.hidden = true; byKey = undefined; };
  const frame = (drawing) => {
    const svg = drawing.querySelector('svg');
    const { left, top, width } = svg.getBoundingClientRect();
    return { left, top, scale: width / svg.viewBox.baseVal.width };
  };
  const distance = ([x, y, w, h], px, py) => Math.hypot(Math.max(x - px, 0, px - x - w), Math.max(y - py, 0, py - y - h));
  const isSmall = ([, , w, h]) => w < 12 && h < 12;
  const find = (drawing, clientX, clientY) => {
    const { left, top, scale } = frame(drawing);
    const [px, py] = [(clientX - left) / scale, (clientY - top) / scale];
    let best;
    for (const { fields, marks } of layersOf(drawing)) {
      for (const mark of marks) {
        const away = distance(mark, px, py) * scale;
        const far = isSmall(mark) ? away : Math.max(away, AREA);
        if (far <= (best?.far ?? NEAR)) best = { far, fields, mark };
      }
    }
    return best;
  };
  const tell = (drawing, { fields, mark }, at) => {
    tip.replaceChildren(...fields.map((field, i) => {
      const line = document.createElement('div');
      const name = document.createElement('span');
      name.textContent = field === '' ? '' : field + ': ';
      line.append(name, mark[4 + i]);
      return line;
    }));
    const { left, top, scale } = frame(drawing);
    const [x, y, w, h] = mark;
    const centre = { x: left + (x + w / 2) * scale, y: top + (y + h / 2) * scale };
    spot.hidden = !isSmall(mark);
    spot.style.left = centre.x + 'px';
    spot.style.top = centre.y + 'px';
    const { x: cx, y: cy } = at ?? centre;
    const { width, height } = tip.getBoundingClientRect();
    const right = cx + 14 + width > document.documentElement.clientWidth;
    tip.style.left = Math.max(4, right ? cx - 14 - width : cx + 14) + 'px';
    tip.style.top = Math.max(4, Math.min(cy + 14, document.documentElement.clientHeight - height - 4)) + 'px';
  };
  const point = (event) => {
    byKey = undefined;
    const drawing = event.target.closest?.('.drawing[data-marks]');
    const found = drawing && find(drawing, event.clientX, event.clientY);
    if (found) tell(drawing, found, { x: event.clientX, y: event.clientY });
    else hide();
  };
  document.addEventListener('pointermove', point);
  document.addEventListener('pointerdown', point);
  document.addEventListener('scroll', () => { if (byKey) tell(...byKey); else hide(); }, true);
  document.addEventListener('focusout', hide);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') return hide();
    const drawing = event.target.closest?.('.drawing[data-marks]');
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!drawing || step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = layersOf(drawing).flatMap(({ fields, marks }) => {
      const every = Math.ceil(marks.length / STEPS);
      return marks.filter((_, i) => i % every === 0 || i === marks.length - 1).map((mark) => ({ fields, mark }));
    });
    if (all.length === 0) return;
    event.preventDefault();
    const place = ((places.get(drawing) ?? (step > 0 ? -1 : 0)) + step + all.length) % all.length;
    places.set(drawing, place);
    drawing.scrollLeft = all[place].mark[0] * frame(drawing).scale - drawing.clientWidth / 2;
    byKey = [drawing, all[place]];
    tell(...byKey);
  });
})();
`;

/** Saves a figure as one wants it in a document, dark on white whatever the page is: SVG, or PNG at twice the size. */
const SAVE_SCRIPT = `
(() => {
  const alone = (figure) => {
    const svg = figure.querySelector('.drawing svg').cloneNode(true);
    const { width, height } = svg.viewBox.baseVal;
    svg.setAttribute('style', 'color:#1b1f24');
    const paper = document.createElementNS(svg.namespaceURI, 'rect');
    for (const [name, value] of [['width', width], ['height', height], ['fill', '#fff']]) paper.setAttribute(name, value);
    svg.prepend(paper);
    return { text: new XMLSerializer().serializeToString(svg).replace(/(fill|stroke)="currentColor"/g, '$1="#1b1f24"'), width, height };
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
    const figure = event.target.closest?.('figure');
    if (kind === undefined || !figure) return;
    const { text, width, height } = alone(figure);
    if (kind === 'svg') return save(new Blob([text], { type: 'image/svg+xml' }), figure.dataset.name + '.svg');
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(2 * width);
      canvas.height = Math.round(2 * height);
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((png) => save(png, figure.dataset.name + '.png'), 'image/png');
    };
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
  });
})();
`;

export const PAGE_SCRIPT = HOVER_SCRIPT + SAVE_SCRIPT;
