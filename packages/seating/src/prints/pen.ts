import PDFDocument from 'pdfkit';
import { type Face, loadFont } from './fonts.ts';
import { type TextRun, textRuns } from './text-runs.ts';

export interface TextStyle {
  face: Face;
  /** Points. */
  size: number;
  color?: string;
}

/** Where a line begins: `y` is its baseline. */
export interface TextPlace {
  x: number;
  y: number;
  align?: 'left' | 'center' | 'right';
}

/** One colour of ink, so that prints come out well on any printer. */
export const ink = { strong: '#1d1b18', soft: '#5c574f', faint: '#b9b2a6', danger: '#a3221b' };

/** What a print draws with. Nothing breaks lines or pages by itself. */
export interface Pen {
  readonly doc: PDFKit.PDFDocument;
  /** Width of one line in points. */
  widthOf(text: string, style: TextStyle): number;
  write(text: string, place: TextPlace, style: TextStyle): void;
}

export interface DocumentFacts {
  title: string;
  /** BCP 47. */
  language: string;
  /** `2027-06-19`; the only time in the file, so that the same plan gives the same bytes. */
  asOf: string;
}

/** A document without pages yet. */
export function createPen({ title, language, asOf }: DocumentFacts): Pen {
  const day = new Date(`${asOf}T00:00:00Z`);
  const doc = new PDFDocument({
    autoFirstPage: false,
    compress: true,
    pdfVersion: '1.7',
    lang: language,
    displayTitle: true,
    info: {
      Title: title,
      Producer: 'WedSync',
      Creator: 'WedSync',
      CreationDate: day,
      ModDate: day,
    },
  });
  const runs = new Map<string, TextRun[]>();
  const runsOf = (text: string, face: Face) => {
    const key = `${face} ${text}`;
    const known = runs.get(key) ?? textRuns(text, face);
    runs.set(key, known);
    return known;
  };
  const registered = new Set<Face>();
  const use = (face: Face, size: number) => {
    if (!registered.has(face)) doc.registerFont(face, loadFont(face).data);
    registered.add(face);
    return doc.font(face).fontSize(size);
  };
  const widthOf = (text: string, { face, size }: TextStyle) =>
    runsOf(text, face).reduce(
      (width, run) => width + use(run.face, size).widthOfString(run.text),
      0,
    );
  return {
    doc,
    widthOf,
    write(text, { x, y, align = 'left' }, style) {
      const share = { left: 0, center: 0.5, right: 1 }[align];
      let at = share === 0 ? x : x - share * widthOf(text, style);
      doc.fillColor(style.color ?? ink.strong);
      for (const run of runsOf(text, style.face)) {
        use(run.face, style.size).text(run.text, at, y, {
          lineBreak: false,
          baseline: 'alphabetic',
        });
        at += doc.widthOfString(run.text);
      }
    },
  };
}
