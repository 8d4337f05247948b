import { describe, expect, it } from 'vitest';
import { createLogger, redactPath, redactText, redactValue } from './log.ts';

function capture() {
  const lines: string[] = [];
  const log = createLogger({
    service: 'test',
    level: 'trace',
    destination: { write: (line: string) => void lines.push(line) },
  });
  return { log, text: () => lines.join('') };
}

describe('redactPath', () => {
  it.each([
    ['/r/abcDEF_123-x', '/r/[link]'],
    ['/r/abc?lang=de', '/r/[link]?lang=de'],
    ['/u/abc/confirm', '/u/[link]/confirm'],
    ['https://app.test/r/abc#top', 'https://app.test/r/[link]#top'],
    [
      '/api/auth/reset-password/tok?callbackURL=%2F',
      '/api/auth/reset-password/[link]?callbackURL=%2F',
    ],
    ['/verify?x=1&token=abc&y=2', '/verify?x=1&token=[redacted]&y=2'],
    ['/trpc/guests.list', '/trpc/guests.list'],
    ['/r/', '/r/'],
  ])('%s becomes %s', (path, expected) => {
    expect(redactPath(path)).toBe(expected);
  });
});

describe('redactText', () => {
  it('removes addresses and passwords in URLs', () => {
    const text = 'to zoë.o’neil+x@wéd.example via postgres://app:s3cret@db:5432/w';
    const clean = redactText(text);
    expect(clean).not.toMatch(/wéd\.example|s3cret/);
    expect(clean).toContain('postgres://app:[redacted]@db:5432/w');
  });

  it('removes the values of a failed statement, over several lines', () => {
    const clean = redactText(
      'Failed query: select 1\nparams: Ana,nut\nallergy\n    at run (x.ts:1)',
    );
    expect(clean).toBe('Failed query: select 1\nparams: [redacted]\n    at run (x.ts:1)');
  });
});

describe('redactValue', () => {
  it('replaces secret and personal fields at any depth, whatever their spelling', () => {
    const clean = redactValue({
      guest: { primary_email: 'a@b.example', phone: '1', tags: [{ 'Set-Cookie': 'x' }] },
      headers: { Authorization: 'Bearer x', host: 'h' },
      newPassword: 'x',
      count: 3,
    });
    expect(clean).toEqual({
      guest: {
        primary_email: '[redacted]',
        phone: '[redacted]',
        tags: [{ 'Set-Cookie': '[redacted]' }],
      },
      headers: { Authorization: '[redacted]', host: 'h' },
      newPassword: '[redacted]',
      count: 3,
    });
  });

  it('cuts what is too deep or in a circle', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(JSON.stringify(redactValue(circle))).toContain('[deep]');
  });
});

describe('createLogger', () => {
  it('leaks nothing through fields, messages, child loggers or errors', () => {
    const { log, text } = capture();
    const error = Object.assign(new Error('Failed query: select $1\nparams: Leaky Person'), {
      parameters: ['Leaky Person'],
      detail: 'leak@person.example exists',
    });
    log.child({ session: { token: 'leak-token' } }).info({ email: 'leak@person.example' }, 'x');
    log.error({ err: error }, 'mail to leak@person.example for /r/leak-link failed');
    log.error(error);
    log.warn({ reason: { cause: error } }, 'wrapped');
    expect(text()).not.toMatch(/leak/i);
    expect(text()).toContain('Failed query: select $1');
    expect(text()).not.toContain('[email]_');
    expect(text().trim().split('\n')).toHaveLength(4);
  });

  it('stays one JSON object per line with service, level and time', () => {
    const { log, text } = capture();
    log.info({ event: 'a.b' }, 'two\nlines');
    const line = JSON.parse(text());
    expect(line).toMatchObject({ service: 'test', level: 'info', event: 'a.b', msg: 'two\nlines' });
    expect(Date.parse(line.time)).not.toBeNaN();
  });
});
