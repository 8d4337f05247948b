import type { Repository, SourceFile } from './repository.ts';
import { roomsPage } from './rooms-page.ts';

type Rule = (repository: Repository) => string[];

const isTest = ({ path }: SourceFile) => /\.test\.tsx?$/.test(path) || path.includes('/testing/');
const isCode = ({ path }: SourceFile) => /\.(ts|tsx|mjs)$/.test(path);
const roomOf = ({ path }: SourceFile) => /^packages\/([a-z-]+)\/src\//.exec(path)?.[1];

function limitOf(file: SourceFile): number | undefined {
  if (!isCode(file)) return undefined;
  if (/\.test\.tsx?$/.test(file.path)) return 600;
  if (file.name === 'router.ts' || file.name.endsWith('-router.ts')) return 150;
  return file.path.endsWith('.tsx') ? 300 : 400;
}

const sizes: Rule = ({ files }) =>
  files.flatMap((file) => {
    const limit = limitOf(file);
    if (limit === undefined || file.lines <= limit) return [];
    return [`${file.path}: ${file.lines} lines, at most ${limit}; split it by what it does`];
  });

const bannedNames =
  /^(utils?|helpers?|common|misc|manager|base-.*)(\.|$)|-(utils?|helpers?|manager)\./;

const names: Rule = ({ files }) =>
  files
    .filter((file) => isCode(file) && bannedNames.test(file.name))
    .map((file) => `${file.path}: the name says nothing; name it after what it holds`);

const bannedTexts: [RegExp, string][] = [
  [/\b(TODO|FIXME|HACK|XXX)\b/, 'finish it or write down why it stays'],
  [/@ts-(ignore|expect-error|nocheck)/, 'mend the type'],
  [/biome-ignore/, 'mend the code or change the rule for everybody'],
  [/\bas any\b|\bas unknown as\b|[(,<] ?\w+: any\b|: any\[\]/, 'give it a type'],
  [/\.(only|skip)\(/, 'a test runs, or is skipped by missingPackage'],
];

const texts: Rule = ({ files }) =>
  files
    .filter((file) => isCode(file) && !file.path.startsWith('scripts/tidy'))
    .flatMap((file) =>
      bannedTexts.flatMap(([pattern, advice]) => {
        const found = pattern.exec(file.text);
        if (!found) return [];
        const line = file.text.slice(0, found.index).split('\n').length;
        return [`${file.path}:${line}: "${found[0]}": ${advice}`];
      }),
    );

/** Accounts and credentials are the weddings room's, in a schema of their own. */
const roomOfSchemaFile: Record<string, string> = { auth: 'weddings' };

/** Tables by the room whose schema file declares them. */
function tableOwners({ files }: Repository): Map<string, string> {
  const owners = new Map<string, string>();
  for (const file of files) {
    const name = /^packages\/db\/src\/schema\/([a-z-]+)\.ts$/.exec(file.path)?.[1];
    if (!name) continue;
    for (const [, table] of file.text.matchAll(/\.table\(\s*'([a-z_]+)'/g)) {
      if (table) owners.set(table, roomOfSchemaFile[name] ?? name);
    }
  }
  return owners;
}

const writesSql = /\b(?:insert\s+into|update|delete\s+from)\s+(?:wedding|ops|auth)\.([a-z_]+)/gi;

const tableWriters: Rule = (repository) => {
  const owners = tableOwners(repository);
  const rooms = new Set(owners.values());
  return repository.files.flatMap((file) => {
    const room = roomOf(file);
    if (!room || !rooms.has(room) || isTest(file) || !isCode(file)) return [];
    return [...file.text.matchAll(writesSql)].flatMap(([, table]) => {
      const owner = table ? owners.get(table) : undefined;
      if (!owner || owner === room) return [];
      return [`${file.path}: writes ${table}, which belongs to ${owner}; call a verb of that room`];
    });
  });
};

/** What is only ever called from jobs, which act as the system: nobody's permission is asked. */
function isWorkOfJob(file: SourceFile, { files }: Repository): boolean {
  const folder = file.path.slice(0, -file.name.length);
  const isBeside = ({ path, name }: SourceFile) => path === `${folder}${name}`;
  const beside = files.filter((other) => isBeside(other) && !isTest(other));
  const importersOf = ({ name }: SourceFile) =>
    beside.filter(({ text }) => text.includes(`'./${name}'`));
  const isWork = (of: SourceFile, seen: ReadonlySet<SourceFile>): boolean => {
    const importers = importersOf(of).filter((importer) => !seen.has(importer));
    const known = new Set([...seen, of]);
    if (importers.some(({ name }) => /(^|-)(router|index)\.ts$/.test(name))) return false;
    return (
      importers.some(({ name }) => name === 'jobs.ts') ||
      (importers.length > 0 && importers.every((importer) => isWork(importer, known)))
    );
  };
  return isWork(file, new Set());
}

const writeVerbs: Rule = (repository) =>
  repository.files.flatMap((file) => {
    const inRoom = /^packages\/[a-z-]+\/src\/[a-z-]+\.ts$/.test(file.path);
    const writes = /\bwriteTx\(/.test(file.text) && !file.path.startsWith('packages/service/');
    if (!inRoom || !writes || isTest(file) || isWorkOfJob(file, repository)) return [];
    const missing: string[] = [];
    // Operators have no role in a company: the database function checks them.
    if (!/\b(requirePermission|requireOperator|requireSeating)\(/.test(file.text))
      missing.push('checks no permission');
    if (!/\b(audit|auditAll|recordOperatorAction)\(/.test(file.text))
      missing.push('records no audit');
    return missing.map((what) => `${file.path}: a write verb that ${what}`);
  });

const jobNames: Rule = ({ files }) =>
  files
    .filter(({ path }) => !path.startsWith('scripts/'))
    .flatMap((file) =>
      [...file.text.matchAll(/defineJob\(\{\s*name: '([^']+)'/g)].flatMap(([, name]) =>
        name && /^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)+$/.test(name)
          ? []
          : [`${file.path}: job "${name}" is not named <room>.<verb>-<noun>`],
      ),
    );

const readmes: Rule = (repository) => {
  const packages = new Set(
    repository.files.flatMap(({ path }) => /^((?:packages|apps)\/[a-z-]+)\//.exec(path)?.[1] ?? []),
  );
  return [...packages].flatMap((folder) => {
    const readme = repository.files.find(({ path }) => path === `${folder}/README.md`);
    if (!readme) return [`${folder}: has no README.md`];
    if (readme.lines > 40) return [`${readme.path}: ${readme.lines} lines, at most 40`];
    return [];
  });
};

const citedPath = /`((?:apps|packages|drizzle|docs|scripts|docker|\.ci)\/[\w./-]+[\w])`/g;

const livePaths: Rule = (repository) =>
  repository.files
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap((file) =>
      [...file.text.matchAll(citedPath)].flatMap(([, path]) =>
        path && !repository.exists(path)
          ? [`${file.path}: cites ${path}, which does not exist`]
          : [],
      ),
    );

const currentRoomsPage: Rule = (repository) => {
  const page = repository.files.find(({ path }) => path === 'docs/rooms.md');
  if (!page || page.text === roomsPage(repository)) return [];
  return ['docs/rooms.md: is not what the packages say; run node scripts/write-rooms-page.ts'];
};

export const tidyRules: readonly Rule[] = [
  sizes,
  names,
  texts,
  tableWriters,
  writeVerbs,
  jobNames,
  readmes,
  livePaths,
  currentRoomsPage,
];
