import { describe, expect, it } from 'vitest';
import { createTail, noteworthy } from './child-lines.ts';

describe('noteworthy', () => {
  it.each([
    ['{"level":"info","msg":"listening"}', undefined],
    ['{"level":"warn","msg":"slow"}', undefined],
    [
      '{"level":"error","event":"mail.failed","msg":"x","err":{"message":"refused"}}',
      'mail.failed: x: refused',
    ],
    ['EnvError: The environment has 1 problem:', 'EnvError: The environment has 1 problem:'],
    ['    at run (file.ts:1:1)', undefined],
    ['{broken', undefined],
    ['', undefined],
  ])('of %s is %s', (line, expected) => {
    expect(noteworthy(line)).toBe(expected);
  });
});

describe('createTail', () => {
  it('prefers what went wrong to what came last', () => {
    const tail = createTail(2);
    for (const line of ['one', 'two', 'three']) tail.add(line);
    expect(tail.lines()).toEqual(['two', 'three']);
    tail.add('Error: no');
    tail.add('four');
    expect(tail.lines()).toEqual(['Error: no']);
  });
});
