import { stripVTControlCharacters, styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** One line of progress: it appears when something begins that takes a while, or when it is done. */
export interface Step {
  done(detail?: string): void;
  failed(detail: string): void;
}

/** Everything the command line prints goes through here. */
export interface Terminal {
  line(text?: string): void;
  /** For what a person must notice. */
  warn(text: string): void;
  step(label: string): Step;
  table(rows: readonly (readonly string[])[], options?: { head?: readonly string[] }): void;
  style(style: Style, text: string): string;
}

const labelWidth = 12;

export function createTerminal(
  write: (text: string) => void = (text) => void process.stdout.write(text),
): Terminal {
  // styleText looks at NO_COLOR, FORCE_COLOR and whether the stream is a terminal.
  const style = (how: Style, text: string) => styleText(how, text, { stream: process.stdout });
  const line = (text = '') => write(`${text}\n`);
  return {
    line,
    style,
    warn: (text) => line(`${style('yellow', '!')} ${text}`),
    step: (label) => startStep(label, { line, style }),
    table(rows, { head } = {}) {
      const all = head ? [head, ...rows] : rows;
      for (const [index, row] of alignColumns(all).entries()) {
        line(head && index === 0 ? style('bold', row) : row);
      }
    },
  };
}

function startStep(label: string, { line, style }: Pick<Terminal, 'line' | 'style'>): Step {
  const startedAt = performance.now();
  const took = () => style('dim', `${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  const name = label.padEnd(labelWidth);
  return {
    done: (detail = '') => line(`${style('green', '✓')} ${name} ${detail}  ${took()}`),
    failed: (detail) => line(`${style('red', '✗')} ${name} ${detail}  ${took()}`),
  };
}

/** Pads every column to its widest cell; two spaces between columns, none at the end. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const visible = (text: string) => stripVTControlCharacters(text).length;
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, visible(cell));
    }
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - visible(cell)))
      .join('  ')
      .trimEnd(),
  );
}
