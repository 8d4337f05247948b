import { clipLine, fitText } from './fit-text.ts';
import { mm, type PageSize } from './paper.ts';
import { ink, type Pen } from './pen.ts';
import type { PrintScene } from './print-scene.ts';
import { dayInWords } from './words.ts';

export interface Frame {
  size: PageSize;
  marginMm: number;
  /** 1 on A4; a poster is drawn larger. */
  scale: number;
  title: string;
  page: number;
  pages: number;
}

/** What is left of a page between its heading and its foot. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

const headingHeight = mm(17);
const footHeight = mm(8);

type Look = Pick<Frame, 'size' | 'marginMm' | 'scale'>;

export function contentArea({ size, marginMm, scale }: Look): Area {
  const margin = mm(marginMm) * scale;
  return {
    x: margin,
    y: margin + headingHeight * scale,
    width: size.width - 2 * margin,
    height: size.height - 2 * margin - (headingHeight + footHeight) * scale,
  };
}

/** "Ana & Tom · Dinner · 19 June 2027" */
export const occasion = ({ couple, eventName, day, locale }: PrintScene): string =>
  [couple, eventName, day ? dayInWords(day, locale) : ''].filter(Boolean).join(' · ');

/** When a print was right: the plan may have changed since. */
export const asOfLine = ({ revision, asOf, locale }: PrintScene): string =>
  `As of revision ${revision}, ${dayInWords(asOf, locale)}`;

export function startPage(pen: Pen, { width, height }: PageSize): void {
  pen.doc.addPage({ size: [width, height], margin: 0 });
}

/** Begins a page with the heading of the print and its foot. */
export function startFramedPage(pen: Pen, scene: PrintScene, frame: Frame): Area {
  const { size, scale, title, page, pages } = frame;
  startPage(pen, size);
  const area = contentArea(frame);
  const right = area.x + area.width;
  const titleStyle = { face: 'serif-bold', size: 17 * scale } as const;
  const heading = fitText(pen, title, {
    style: titleStyle,
    box: { width: area.width * 0.5, linesMax: 1, sizeMin: 9 * scale },
  });
  const top = area.y + (15 - headingHeight) * scale;
  pen.write(heading.lines[0] ?? '', { x: area.x, y: top }, { ...titleStyle, size: heading.size });
  const small = { face: 'sans', size: 9 * scale, color: ink.soft } as const;
  const clip = (text: string, share: number) =>
    clipLine(pen, text, { style: small, width: area.width * share });
  pen.write(clip(occasion(scene), 0.48), { x: right, y: top - 5 * scale, align: 'right' }, small);
  pen.write(clip(scene.venue, 0.48), { x: right, y: top + 6 * scale, align: 'right' }, small);
  pen.doc
    .moveTo(area.x, top + 13 * scale)
    .lineTo(right, top + 13 * scale)
    .lineWidth(0.6 * scale)
    .strokeColor(ink.faint)
    .stroke();
  const foot = area.y + area.height + footHeight * scale;
  const footStyle = { ...small, size: 8 * scale };
  pen.write(asOfLine(scene), { x: area.x, y: foot }, footStyle);
  pen.write(`Page ${page} of ${pages}`, { x: right, y: foot, align: 'right' }, footStyle);
  return area;
}

/** A page that says why there is nothing else: a print is never blank. */
export function drawEmptyPage(pen: Pen, scene: PrintScene, frame: Frame & { why: string }): void {
  const area = startFramedPage(pen, scene, frame);
  const style = { face: 'serif', size: 14 * frame.scale, color: ink.soft } as const;
  const box = { width: area.width * 0.8, linesMax: 4, sizeMin: 9 * frame.scale };
  const { lines, size } = fitText(pen, frame.why, { style, box });
  lines.forEach((line, index) => {
    const y = area.y + area.height * 0.4 + index * size * 1.5;
    pen.write(line, { x: area.x + area.width / 2, y, align: 'center' }, { ...style, size });
  });
}
