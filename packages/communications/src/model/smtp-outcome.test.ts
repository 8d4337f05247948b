import { describe, expect, it } from 'vitest';
import { classifyFailure } from './smtp-outcome.ts';

describe('what a failed attempt means', () => {
  it.each([
    [
      { responseCode: 550, response: '550 5.1.1 no such user', handedOver: false },
      'rejected',
      '5.1.1',
    ],
    [{ responseCode: 554, response: '554 no', handedOver: true }, 'rejected', '554'],
    [
      { responseCode: 450, response: '450 4.2.0 greylisted', handedOver: false },
      'deferred',
      '4.2.0',
    ],
    [{ responseCode: 454, response: '454 throttled', handedOver: true }, 'unreachable', '454'],
    [
      { responseCode: 421, response: '421 4.3.2 going down', handedOver: false },
      'unreachable',
      '4.3.2',
    ],
    [{ code: 'ECONNECTION', handedOver: false }, 'unreachable', 'ECONNECTION'],
    [{ code: 'ECONNECTION', handedOver: true }, 'unknown', 'ECONNECTION'],
    [{ code: 'ETIMEDOUT', handedOver: true }, 'unknown', 'ETIMEDOUT'],
    [{ code: 'EAUTH', responseCode: 535, handedOver: false }, 'unreachable', '535'],
  ])('%j is %s', (failure, kind, code) => {
    expect(classifyFailure(failure)).toEqual({ kind, code });
  });
});
