import { describe, expect, it } from 'vitest';
import { toDomainError } from './pg-errors.ts';

const failure = (code: string) => Object.assign(new Error(`internal: ${code}`), { code });

describe('what PostgreSQL or the connection says', () => {
  it.each([
    ...['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT'],
    ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH'],
    ...['EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ENETRESET', 'ENOTCONN', 'EADDRNOTAVAIL'],
    ...['ENOTFOUND', 'ENOENT', 'EAI_AGAIN', 'ERR_SOCKET_CLOSED', 'ERR_STREAM_DESTROYED'],
    ...['08000', '08003', '08006', '57P01', '57P02', '57P03', '57P05', '25P03', '53300'],
  ])('is an unavailable database under %s, also where Drizzle has wrapped it', (code) => {
    for (const error of [failure(code), new Error('Failed query', { cause: failure(code) })]) {
      const domain = toDomainError(error);
      expect(domain.kind).toBe('unavailable');
      expect(domain.message).not.toContain('internal');
    }
  });

  it('is a bug where nobody has thought of it, and shows nothing of itself', () => {
    for (const error of [failure('42P01'), new TypeError('rows[0] is undefined'), 'a string']) {
      expect(toDomainError(error)).toMatchObject({ kind: 'bug', cause: error });
      expect(toDomainError(error).message).not.toMatch(/internal|rows/);
    }
  });
});
