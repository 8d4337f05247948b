import { expect, it } from 'vitest';
import { csvRecord } from './csv.ts';

it('a record quotes what would break it and leaves the rest alone', () => {
  expect(csvRecord(['Ana', 'O"Brien, Zoë', 'two\nlines', null, 7, ' x '])).toBe(
    'Ana,"O""Brien, Zoë","two\nlines",,7," x "\r\n',
  );
});

it.each(['=1+1', '+351912345678', '-1', '@SUM(A1)', '＝1', "'=1", '\t=1'])(
  'no cell is a formula: %j',
  (cell) => {
    expect(csvRecord([cell]).replace(/^"/, '').startsWith("'")).toBe(true);
  },
);
