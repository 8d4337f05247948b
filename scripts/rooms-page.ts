import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Repository, readRepository, type SourceFile } from './repository.ts';

const header = `# Rooms and floors

Generated from the packages' READMEs and schema files by \`node scripts/write-rooms-page.ts\`.

| package | layer | owns | tables |
|---|---|---|---|
`;

/** The first paragraph below a README's title, on one line. */
function firstParagraph({ text }: SourceFile): string {
  const [, paragraph = ''] = text.split(/\n\s*\n/);
  return paragraph.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}

function tablesOf(repository: Repository, name: string): string {
  const schema = repository.files.find(({ path }) => path === `packages/db/src/schema/${name}.ts`);
  const tables = [...(schema?.text ?? '').matchAll(/\.table\(\s*'([a-z_]+)'/g)];
  return tables.map(([, table]) => table).join(', ');
}

/** The page that lists every package: its layer, what it owns, the tables it writes. */
export function roomsPage(repository: Repository): string {
  const rows = repository.files.flatMap((file) => {
    const folder = /^((?:packages|apps)\/([a-z-]+))\/README\.md$/.exec(file.path);
    if (!folder?.[1] || !folder[2]) return [];
    const turbo = repository.files.find(({ path }) => path === `${folder[1]}/turbo.json`);
    const layer = /"tags": \["([a-z0-9]+)"\]/.exec(turbo?.text ?? '')?.[1] ?? '';
    const tables = tablesOf(repository, folder[2]);
    return [{ layer, row: `| ${folder[1]} | ${layer} | ${firstParagraph(file)} | ${tables} |` }];
  });
  const sorted = rows.sort((a, b) => (a.layer + a.row < b.layer + b.row ? -1 : 1));
  return `${header}${sorted.map(({ row }) => row).join('\n')}\n`;
}

/** Brings docs/rooms.md up to date. */
export function writeRoomsPage(root: string): void {
  writeFileSync(join(root, 'docs/rooms.md'), roomsPage(readRepository(root)));
}
