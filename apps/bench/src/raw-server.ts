import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { newUuid } from '@wedsync/contracts/ids';
import postgres from 'postgres';
import type { CapturedStatement } from './captured-sql.ts';

// The yardstick: Node's http and postgres.js with the same SQL, without framework, session,
// permission or row-level security. Arguments: connection string, port, file of statements.
const [url = '', port = '', file = ''] = process.argv.slice(2);
const statements: Record<string, CapturedStatement[]> = JSON.parse(readFileSync(file, 'utf8'));
const sql = postgres(url, { max: 12, onnotice: () => {} });
// Captured parameters are JSON text already.
for (const type of [114, 3802]) sql.options.serializers[type] = (value: unknown) => value;

type Runner = Pick<postgres.Sql, 'unsafe'>;

/** Each write makes ids of its own, as the verb does. */
const withFreshIds = (params: unknown[]) =>
  params.map((param) =>
    typeof param === 'string' ? param.replace(/"id":"[^"]+"/g, () => `"id":"${newUuid()}"`) : param,
  );

async function run(on: Runner, list: CapturedStatement[]): Promise<unknown[]> {
  let rows: unknown[] = [];
  for (const { query, params } of list) {
    rows = await on.unsafe(query, withFreshIds(params) as postgres.ParameterOrJSON<never>[], {
      prepare: true,
    });
  }
  return rows;
}

const server = createServer(async (request, response) => {
  const name = request.url?.slice(1) ?? '';
  const list = statements[name];
  if (!list) {
    response.writeHead(name === 'ready' ? 200 : 404).end();
    return;
  }
  const rows = name.startsWith('write')
    ? await sql.begin((tx) => run(tx, list))
    : await run(sql, list);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rows));
});
server.listen(Number(port), '127.0.0.1');

process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void sql.end();
});
