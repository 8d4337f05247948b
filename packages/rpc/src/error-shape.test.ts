import { TRPCError } from '@trpc/server';
import { DomainError, errorKinds } from '@wedsync/contracts/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toTrpcError } from './error-shape.ts';

const caught = (cause: unknown) => new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause });

describe('errors on their way out', () => {
  it('keep kind, code and message of a domain error, each kind with a code of its own', () => {
    const codes = errorKinds.map((kind) => {
      const error = toTrpcError(caught(new DomainError(kind, 'room.reason', 'Do this next.')));
      expect(error.message).toBe('Do this next.');
      return error.code;
    });
    expect(new Set(codes).size).toBe(errorKinds.length);
  });

  it('say which field is wrong', () => {
    const { error } = z.object({ guest: z.object({ age: z.int() }) }).safeParse({ guest: {} });
    const { cause } = toTrpcError(caught(error));
    expect(cause).toMatchObject({ kind: 'invalid', details: { issues: [{ path: 'guest.age' }] } });
  });

  it('show nothing of an unexpected failure', () => {
    const error = toTrpcError(caught(new Error('password=hunter2 at db.internal')));
    expect(error.code).toBe('INTERNAL_SERVER_ERROR');
    expect(error.message).not.toContain('hunter2');
  });

  it('translate what PostgreSQL says', () => {
    const unique = Object.assign(new Error('duplicate key'), { code: '23505' });
    expect(toTrpcError(caught(new Error('Failed query', { cause: unique }))).code).toBe('CONFLICT');
    const down = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect(toTrpcError(caught(down)).code).toBe('SERVICE_UNAVAILABLE');
  });
});
