import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { CapturedStatement } from './captured-sql.ts';
import { informs, type Measure } from './report.ts';

/** Debian's postgresql-15; pgbench speaks to a newer server as well. */
const program = '/usr/lib/postgresql/15/bin/pgbench';

/** A statement with its parameters written in, as pgbench's own parameters know only numbers. */
function inlined({ query, params }: CapturedStatement): string {
  return query.replace(/\$(\d+)/g, (_, index: string) => {
    const value = params[Number(index) - 1];
    return value === null ? 'null' : `'${String(value).replaceAll("'", "''")}'`;
  });
}

/** What PostgreSQL itself makes of the by-id read, from C, over the same number of connections. */
export async function pgbench(options: {
  statements: string;
  url: string;
  seconds: number;
}): Promise<Measure[]> {
  if (!existsSync(program)) {
    process.stdout.write('pgbench is left out: needs the Debian package postgresql-15\n');
    return [];
  }
  const captured: Record<string, CapturedStatement[]> = JSON.parse(
    readFileSync(options.statements, 'utf8'),
  );
  const script = join(dirname(options.statements), 'by-id.sql');
  const [byId] = captured['by-id'] ?? [];
  if (!byId) return [];
  await writeFile(script, `${inlined(byId).replace(/\s+/g, ' ')};\n`);
  const args = ['-n', '-M', 'prepared', '-c', '12', '-T', String(options.seconds), '-f', script];
  const { stdout } = await promisify(execFile)(program, [...args, options.url]);
  const value = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
  return [
    informs({
      measure: 'by-id: pgbench, same statement',
      value,
      unit: '/s',
      yardstick: 'PostgreSQL alone, 12 connections',
    }),
  ];
}
