import { makePgArray, parsePgArray } from 'drizzle-orm/pg-core';
import type postgres from 'postgres';

/** Of text, varchar, uuid and int8, which is longer than a number. */
const textArrays = [1009, 1015, 2951, 1016];
/** Of int2, int4, oid, float4 and float8. */
const numberArrays = [1005, 1007, 1028, 1021, 1022];

/**
 * Tells a client the arrays that we use. It would ask the database for all of them on each new
 * connection, and what is lost there nobody can catch: it ends the process. So every client says
 * `fetch_types: false`.
 */
export function nameArrayTypes({ options }: postgres.Sql): void {
  const { parsers, serializers } = options;
  for (const type of textArrays) parsers[type] = parsePgArray;
  for (const type of numberArrays) parsers[type] = (list) => parsePgArray(list).map(Number);
  for (const type of [...textArrays, ...numberArrays]) {
    serializers[type] = (list) => (Array.isArray(list) ? makePgArray(list) : list);
  }
}
