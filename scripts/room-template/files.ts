import { behaviour } from './behaviour.ts';
import { contract, migration, schema } from './data.ts';
import type { RoomNames } from './names.ts';

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const manifest = ({ room }: RoomNames) =>
  json({
    name: `@wedsync/${room}`,
    version: '0.1.0',
    private: true,
    type: 'module',
    exports: { '.': './src/index.ts', './router': './src/router.ts' },
    dependencies: {
      '@wedsync/contracts': 'workspace:*',
      '@wedsync/db': 'workspace:*',
      '@wedsync/rpc': 'workspace:*',
      '@wedsync/service': 'workspace:*',
      'drizzle-orm': 'catalog:',
    },
    devDependencies: { '@wedsync/testing': 'workspace:*', vitest: 'catalog:' },
  });

/** Laid out as the formatter would. */
const layer = `{
  "extends": ["//"],
  "tags": ["l3"]
}
`;

const readme = ({ room, entity, table }: RoomNames) => `# ${room}

Owns each wedding's ${room}: table \`wedding.${table}\`, the verbs that write it and the reads on it.

| door | what it is |
|---|---|
| \`src/create-${entity}.ts\` | the write verb |
| \`src/queries.ts\` | the reads |
| \`src/router.ts\` | the procedures |

Invariants: a ${entity} belongs to one wedding and is seen by nobody outside it (row-level security);
every write checks permission and records audit.
`;

/** Every file of a new room: repository path -> text. */
export function roomFiles(names: RoomNames): Record<string, string> {
  const { room, migration: number, table } = names;
  const folder = `packages/${room}`;
  return {
    [`${folder}/package.json`]: manifest(names),
    [`${folder}/tsconfig.json`]: json({ extends: '../../tsconfig.base.json', include: ['src'] }),
    [`${folder}/turbo.json`]: layer,
    [`${folder}/README.md`]: readme(names),
    [`drizzle/migrations/${number}_${table}.sql`]: migration(names),
    [`packages/db/src/schema/${room}.ts`]: schema(names),
    [`packages/contracts/src/${room}.ts`]: contract(names),
    ...behaviour(names),
  };
}
