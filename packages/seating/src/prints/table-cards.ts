import { clipLine, fitText } from './fit-text.ts';
import { type Area, startPage } from './page-frame.ts';
import { mm, type Paper, pageSize, paperScale } from './paper.ts';
import { ink, type Pen } from './pen.ts';
import type { PrintScene, PrintTable } from './print-scene.ts';
import { dayInWords } from './words.ts';

/** The names under the number: as many columns as they need, all in one size. */
function drawNames(pen: Pen, names: readonly string[], area: Area & { scale: number }): void {
  const columns = names.length <= 10 ? 2 : names.length <= 27 ? 3 : 4;
  const rows = Math.ceil(names.length / columns);
  const size = Math.min(12.5 * area.scale, area.height / Math.max(1, rows) / 1.35);
  const [style, width] = [{ face: 'serif', size } as const, area.width / columns];
  names.forEach((name, index) => {
    const column = Math.floor(index / rows);
    const inColumn = Math.min(columns, Math.ceil(names.length / rows));
    const x = area.x + (area.width - inColumn * width) / 2 + (column + 0.5) * width;
    const y = area.y + ((index % rows) + 0.8) * size * 1.35;
    const fitted = fitText(pen, name, {
      style,
      box: { width: width - mm(3), linesMax: 2, sizeMin: size * 0.5 },
    });
    // Two lines of a long name take the place of one.
    const squeeze = fitted.lines.length > 1 ? Math.min(fitted.size, size * 0.62) : fitted.size;
    fitted.lines.forEach((line, at) => {
      const shift = (at - (fitted.lines.length - 1) / 2) * squeeze * 1.08;
      pen.write(line, { x, y: y + shift, align: 'center' }, { ...style, size: squeeze });
    });
  });
}

function drawCard(
  pen: Pen,
  { scene, table }: { scene: PrintScene; table: PrintTable },
  area: Area & { scale: number },
) {
  const { scale } = area;
  const middle = area.x + area.width / 2;
  const small = { face: 'sans', size: 9 * scale, color: ink.soft } as const;
  const occasion = [scene.couple, scene.day ? dayInWords(scene.day, scene.locale) : ''];
  pen.write(
    clipLine(pen, occasion.filter(Boolean).join(' · '), { style: small, width: area.width }),
    { x: middle, y: area.y + mm(7) * scale, align: 'center' },
    small,
  );
  // A number is shown as large as it can be; a name as "Lisbon" on one or two lines.
  const isNumber = /^\d{1,3}$/.test(table.label);
  const style = { face: 'serif', size: (isNumber ? 108 : 60) * scale } as const;
  const label = fitText(pen, table.label, {
    style,
    box: { width: area.width, linesMax: 2, sizeMin: 14 * scale },
  });
  const leading = label.size * 1.1;
  const centre = area.y + area.height * 0.36;
  const above = isNumber
    ? mm(24) * scale
    : ((label.lines.length - 1) * leading) / 2 + label.size * 0.75;
  pen.write(
    'TABLE',
    { x: middle, y: centre - above, align: 'center' },
    { ...small, size: 11 * scale },
  );
  label.lines.forEach((line, index) => {
    const y = centre + (index - (label.lines.length - 1) / 2) * leading + label.size * 0.36;
    pen.write(line, { x: middle, y, align: 'center' }, { ...style, size: label.size });
  });
  const names = table.seats.flatMap(({ guest }) => (guest ? [guest.name] : []));
  const below = area.y + area.height * 0.62;
  pen.doc.moveTo(middle - mm(12) * scale, below).lineTo(middle + mm(12) * scale, below);
  pen.doc
    .lineWidth(0.7 * scale)
    .strokeColor(ink.faint)
    .stroke();
  const top = below + mm(4) * scale;
  drawNames(pen, names, { ...area, y: top, height: area.y + area.height - top });
}

/** Two cards on a page, one above the other, with a line to cut along. */
export function* tableCards(pen: Pen, scene: PrintScene, paper: Paper): Generator<void> {
  const size = pageSize(paper, 'portrait');
  const scale = paperScale(paper);
  const margin = mm(12) * scale;
  const half = size.height / 2;
  for (let first = 0; first < scene.tables.length; first += 2) {
    startPage(pen, size);
    pen.doc.moveTo(0, half).lineTo(mm(6), half);
    pen.doc.moveTo(size.width - mm(6), half).lineTo(size.width, half);
    pen.doc.lineWidth(0.4).strokeColor(ink.soft).stroke();
    scene.tables.slice(first, first + 2).forEach((table, index) => {
      const y = index * half + margin;
      const inner = { width: size.width - 2 * margin, height: half - 2 * margin };
      drawCard(pen, { scene, table }, { x: margin, y, ...inner, scale });
    });
    yield;
  }
}
