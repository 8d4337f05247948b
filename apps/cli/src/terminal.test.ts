import { describe, expect, it } from 'vitest';
import { alignColumns, createTerminal } from './terminal.ts';

describe('alignColumns', () => {
  it('pads by what is visible, not by escape codes', () => {
    expect(
      alignColumns([
        ['\u001b[1mab\u001b[22m', 'x'],
        ['abcd', 'yy'],
      ]),
    ).toEqual(['\u001b[1mab\u001b[22m    x', 'abcd  yy']);
  });

  it('leaves no blanks at the end of a line', () => {
    expect(
      alignColumns([
        ['a', ''],
        ['b', 'long'],
      ]),
    ).toEqual(['a', 'b  long']);
  });
});

describe('createTerminal', () => {
  it('ends a step with its outcome and the time it took', () => {
    const written: string[] = [];
    createTerminal((text) => written.push(text))
      .step('Schema')
      .done('up to date');
    expect(written.join('')).toMatch(/✓.* Schema\s+up to date.*\d+\.\d s/);
  });
});
