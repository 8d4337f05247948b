import { existsSync } from 'node:fs';

/** Debian packages that parts of the test suite use, and the file that tells they are there. */
export const debianPackages = {
  chromium: '/usr/bin/chromium',
  'redis-server': '/usr/bin/redis-server',
  'postgresql-15': '/usr/lib/postgresql/15/bin/postgres',
  // Its smtp-sink takes mail at the speed of the wire; the service itself is not used.
  postfix: '/usr/sbin/smtp-sink',
  // Its pdftotext reads what was printed.
  'poppler-utils': '/usr/bin/pdftotext',
} as const;
export type DebianPackage = keyof typeof debianPackages;

/**
 * Whether tests that need a Debian package must be skipped; put the returned text into the title of
 * the skipped suite. With REQUIRE_ALL=1 a missing package fails instead.
 * @returns the reason to skip, or undefined when the package is there
 */
export function missingPackage(name: DebianPackage): string | undefined {
  if (existsSync(debianPackages[name])) return undefined;
  const reason = `needs the Debian package ${name} (apt-get install ${name})`;
  if (process.env.REQUIRE_ALL === '1') throw new Error(`REQUIRE_ALL=1, but this suite ${reason}`);
  return reason;
}
