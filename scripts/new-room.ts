import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { roomFiles } from './room-template/files.ts';
import type { RoomNames } from './room-template/names.ts';
import { writeRoomsPage } from './rooms-page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const usage = `Usage: pnpm new:room <name> [--entity <singular>]

Writes the package, migration, Drizzle schema, contract, README and tests of a room with one table,
and its lines in the registries. <name> is the plural noun that names everything, e.g. vendors.

  pnpm new:room vendors
  pnpm new:room photo-groups --entity photo-group
`;

const camel = (kebab: string) =>
  kebab.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
const pascal = (kebab: string) => camel(`-${kebab}`);

async function nextMigration(): Promise<string> {
  const files = await readdir(join(root, 'drizzle/migrations'));
  const last = Math.max(...files.map((file) => Number.parseInt(file, 10)));
  return String(last + 1).padStart(4, '0');
}

/** Adds `line` in front of the first line that contains `marker`. */
async function insertBefore(path: string, marker: string, line: string): Promise<void> {
  const file = join(root, path);
  const lines = (await readFile(file, 'utf8')).split('\n');
  const index = lines.findIndex((candidate) => candidate.includes(marker));
  if (index < 0) throw new Error(`${path} has no line with "${marker}"; add by hand: ${line}`);
  lines.splice(index, 0, line);
  await writeFile(file, lines.join('\n'));
}

async function addDependency(path: string, name: string): Promise<void> {
  const file = join(root, path);
  const manifest: { dependencies: Record<string, string> } = JSON.parse(
    await readFile(file, 'utf8'),
  );
  manifest.dependencies[name] = 'workspace:*';
  const sorted = Object.entries(manifest.dependencies).sort(([a], [b]) => (a < b ? -1 : 1));
  manifest.dependencies = Object.fromEntries(sorted);
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
}

async function register({ room, roomCamel }: RoomNames): Promise<void> {
  const router = 'packages/api/src/router.ts';
  await insertBefore(
    router,
    "from '@wedsync/weddings/router'",
    `import { ${roomCamel}Router } from '@wedsync/${room}/router';`,
  );
  await insertBefore(router, 'weddings: weddingsRouter', `  ${roomCamel}: ${roomCamel}Router,`);
  await addDependency('packages/api/package.json', `@wedsync/${room}`);
  await insertBefore(
    'packages/service/src/permission.ts',
    '} as const satisfies',
    `\n  '${room}.read': everyone,\n  '${room}.create': hosts,`,
  );
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { entity: { type: 'string' }, help: { type: 'boolean' } },
  });
  const [room] = positionals;
  if (!room || values.help) {
    process.stdout.write(usage);
    return values.help ? 0 : 2;
  }
  const entity = values.entity ?? room.replace(/s$/, '');
  if (!/^[a-z]+(-[a-z]+)*$/.test(room) || entity === room) {
    process.stderr.write(`"${room}" is not a plural noun in kebab-case.\n${usage}`);
    return 2;
  }
  if (existsSync(join(root, 'packages', room))) {
    process.stderr.write(`packages/${room} exists already. Choose another name.\n`);
    return 2;
  }
  const names: RoomNames = {
    room,
    entity,
    roomCamel: camel(room),
    entityCamel: camel(entity),
    entityPascal: pascal(entity),
    table: room.replaceAll('-', '_'),
    migration: await nextMigration(),
  };
  for (const [path, text] of Object.entries(roomFiles(names))) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    process.stdout.write(`wrote ${path}\n`);
  }
  await register(names);
  writeRoomsPage(root);
  process.stdout.write(
    `registered ${room} in packages/api, packages/service and docs/rooms.md\n` +
      'Next: pnpm install, then pnpm exec biome check --write packages, then pnpm check.\n',
  );
  return 0;
}

process.exitCode = await main();
