import type { BetterAuthOptions, DBAdapter, DBTransactionAdapter, Where } from 'better-auth/types';
import { hashToken } from '../model/tokens.ts';

type Make = (options: BetterAuthOptions) => DBAdapter;

const hashed = (value: Where['value']): Where['value'] => {
  if (typeof value === 'string') return hashToken(value);
  // A list of tokens, e.g. to end several sessions at once.
  return Array.isArray(value) ? value.map((item) => hashToken(String(item))) : value;
};

/** Conditions as they must be asked: the table holds no token, only its hash. */
function hashedWhere<A extends { model: string; where?: Where[] | undefined }>(args: A): A {
  if (args.model !== 'session' || !args.where) return args;
  const where = args.where.map((condition) =>
    condition.field === 'token' ? { ...condition, value: hashed(condition.value) } : condition,
  );
  return { ...args, where };
}

/** The token that the caller looked a session up by, which the row must carry for the caller. */
function askedToken(args: { model: string; where: Where[] }): string | undefined {
  if (args.model !== 'session') return undefined;
  const value = args.where.find(({ field }) => field === 'token')?.value;
  return typeof value === 'string' ? value : undefined;
}

const withToken = <R>(row: R, token: string | undefined): R =>
  row && token ? { ...row, token } : row;

function wrap(inner: DBTransactionAdapter): DBTransactionAdapter {
  return {
    ...inner,
    async create<T extends Record<string, unknown>, R = T>(
      args: Parameters<typeof inner.create<T, R>>[0],
    ): Promise<R> {
      const token = args.model === 'session' ? args.data.token : undefined;
      if (typeof token !== 'string') return inner.create<T, R>(args);
      const data = { ...args.data, token: hashToken(token) };
      return withToken(await inner.create<T, R>({ ...args, data }), token);
    },
    async findOne<T>(args: Parameters<typeof inner.findOne<T>>[0]) {
      return withToken(await inner.findOne<T>(hashedWhere(args)), askedToken(args));
    },
    async update<T>(args: Parameters<typeof inner.update<T>>[0]) {
      return withToken(await inner.update<T>(hashedWhere(args)), askedToken(args));
    },
    findMany: <T>(args: Parameters<typeof inner.findMany<T>>[0]) =>
      inner.findMany<T>(hashedWhere(args)),
    count: (args) => inner.count(hashedWhere(args)),
    updateMany: (args) => inner.updateMany(hashedWhere(args)),
    delete: (args) => inner.delete(hashedWhere(args)),
    deleteMany: (args) => inner.deleteMany(hashedWhere(args)),
  };
}

/**
 * Puts SHA-256 between better-auth and the session table: the cookie holds the token, the database
 * only its hash, so that a copy of the table signs nobody in.
 */
export function withHashedSessionTokens(make: Make): Make {
  return (options) => {
    const inner = make(options);
    return {
      ...inner,
      ...wrap(inner),
      transaction: (callback) => inner.transaction((trx) => callback(wrap(trx))),
    };
  };
}
