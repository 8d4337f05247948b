import type { Area } from './page-frame.ts';
import { startPage } from './page-frame.ts';
import { mm, type PageSize, type Paper, pageSize } from './paper.ts';
import { ink, type Pen } from './pen.ts';

/** A business card as sold in perforated sheets: 85 × 54 mm. */
const card = { width: mm(85), height: mm(54) };
/** Printers leave this much of a sheet white; crop marks stand in it. */
const edge = mm(8);

interface Grid {
  size: PageSize;
  columns: number;
  rows: number;
  left: number;
  top: number;
}

/** As many cards as fit a sheet, in its middle. Ten on A4 and letter. */
function gridOf(paper: Paper): Grid {
  const size = pageSize(paper, 'portrait');
  const columns = Math.floor((size.width - 2 * edge) / card.width);
  const rows = Math.floor((size.height - 2 * edge) / card.height);
  const left = (size.width - columns * card.width) / 2;
  const top = (size.height - rows * card.height) / 2;
  return { size, columns, rows, left, top };
}

/** Where to cut, outside the cards, so that no line stays on one. */
function drawCropMarks({ doc }: Pen, { columns, rows, left, top }: Grid): void {
  const [gap, length] = [mm(1), mm(4)];
  const [right, bottom] = [left + columns * card.width, top + rows * card.height];
  doc.lineWidth(0.4).strokeColor(ink.soft);
  for (let column = 0; column <= columns; column++) {
    const x = left + column * card.width;
    doc.moveTo(x, top - gap - length).lineTo(x, top - gap);
    doc.moveTo(x, bottom + gap).lineTo(x, bottom + gap + length);
  }
  for (let row = 0; row <= rows; row++) {
    const y = top + row * card.height;
    doc.moveTo(left - gap - length, y).lineTo(left - gap, y);
    doc.moveTo(right + gap, y).lineTo(right + gap + length, y);
  }
  doc.stroke();
}

export interface CardSheet<T> {
  paper: Paper;
  cards: readonly T[];
  draw(card: T, area: Area): void;
}

/** Cards in rows, a sheet at a time; the last sheet holds what is left. */
export function* drawCardSheets<T>(
  pen: Pen,
  { paper, cards, draw }: CardSheet<T>,
): Generator<void> {
  const grid = gridOf(paper);
  const perSheet = grid.columns * grid.rows;
  for (let first = 0; first < cards.length; first += perSheet) {
    startPage(pen, grid.size);
    drawCropMarks(pen, grid);
    cards.slice(first, first + perSheet).forEach((content, index) => {
      const x = grid.left + (index % grid.columns) * card.width;
      const y = grid.top + Math.floor(index / grid.columns) * card.height;
      draw(content, { x, y, ...card });
    });
    yield;
  }
}
