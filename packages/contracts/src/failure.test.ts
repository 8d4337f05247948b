import { describe, expect, it } from 'vitest';
import { failureOf } from './failure.ts';

describe('a failure', () => {
  it('is a matter of the network when nothing was answered', () => {
    expect(failureOf(new TypeError('Failed to fetch'))).toMatchObject({ kind: 'network' });
  });

  it('carries the words and the reference of the server', () => {
    const error = {
      message: 'This guest is gone.',
      data: { domain: { kind: 'not-found', code: 'guests.gone', details: {}, requestId: 'r-1' } },
    };
    expect(failureOf(error)).toMatchObject({
      kind: 'not-found',
      message: 'This guest is gone.',
      requestId: 'r-1',
    });
  });

  it('puts the message of a nested field under the name of its last part', () => {
    const details = { issues: [{ path: 'patch.email', message: 'This is not an address.' }] };
    const error = { message: 'x', data: { domain: { kind: 'invalid', details } } };
    expect(failureOf(error).fields.email).toBe('This is not an address.');
  });

  it('reads the plain answer of the server in front of the procedures', () => {
    const body = { error: { kind: 'limit', message: 'This is too large.', requestId: 'r-2' } };
    expect(failureOf({ meta: { responseJSON: body } })).toMatchObject({
      kind: 'limit',
      message: 'This is too large.',
    });
  });

  it('takes an unknown kind for a bug of ours', () => {
    const error = { message: 'x', data: { domain: { kind: 'strange' } } };
    expect(failureOf(error).kind).toBe('bug');
  });
});
