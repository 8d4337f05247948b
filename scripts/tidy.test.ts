import { describe, expect, it } from 'vitest';
import type { Repository } from './repository.ts';
import { tidyRules } from './tidy-rules.ts';

/** A repository of the given files and nothing else. */
function repositoryOf(files: Record<string, string>): Repository {
  return {
    root: '/nowhere',
    files: Object.entries(files).map(([path, text]) => ({
      path,
      name: path.split('/').at(-1) ?? path,
      text,
      lines: text.split('\n').length - 1,
    })),
    exists: (path) => path in files,
  };
}

const findings = (files: Record<string, string>) => {
  const withReadmes = { 'packages/seating/README.md': 'x', 'packages/db/README.md': 'x', ...files };
  return tidyRules.flatMap((rule) => rule(repositoryOf(withReadmes)));
};

const verb = 'packages/seating/src/assign-seat.ts';

describe('tidiness', () => {
  it('accepts a short verb that checks permission and records audit', () => {
    const text =
      "writeTx(ctx, async ({ audit }) => { requirePermission(ctx, 'x'); await audit({}); })";
    expect(findings({ [verb]: text })).toEqual([]);
  });

  it('finds a file that is too long', () => {
    expect(findings({ [verb]: 'x\n'.repeat(401) })).toEqual([expect.stringContaining('401 lines')]);
    expect(findings({ 'packages/seating/src/router.ts': 'x\n'.repeat(151) })).toHaveLength(1);
  });

  it('finds a name that says nothing', () => {
    expect(findings({ 'packages/seating/src/utils.ts': '' })).toHaveLength(1);
    expect(findings({ 'packages/seating/src/base-table.ts': '' })).toHaveLength(1);
  });

  it('finds a write verb without permission or without audit', () => {
    expect(findings({ [verb]: 'writeTx(ctx, async () => {})' })).toEqual([
      expect.stringContaining('checks no permission'),
      expect.stringContaining('records no audit'),
    ]);
  });

  it('finds a room that writes another room’s table', () => {
    const found = findings({
      'packages/db/src/schema/guests.ts': "wedding.table('guests', {})",
      'packages/db/src/schema/seating.ts': "wedding.table('seats', {})",
      [verb]: 'sql`update wedding.guests set x = 1`; sql`update wedding.seats set x = 1`',
    });
    expect(found).toEqual([expect.stringContaining('belongs to guests')]);
  });

  it('finds words that do not belong', () => {
    expect(findings({ [verb]: '// TODO later' })).toEqual([expect.stringContaining(`${verb}:1`)]);
    expect(findings({ [verb]: 'const x = y as unknown as string;' })).toHaveLength(1);
  });

  it('finds a misnamed job', () => {
    expect(findings({ [verb]: "defineJob({ name: 'sendStuff' })" })).toHaveLength(1);
    expect(findings({ [verb]: "defineJob({ name: 'seating.apply-plan' })" })).toHaveLength(0);
  });

  it('finds a document that cites a path which is gone', () => {
    expect(findings({ 'docs/map.md': 'see `packages/seating/src/gone.ts`' })).toHaveLength(1);
  });

  it('finds a package without a README and one whose README is too long', () => {
    const files = {
      'packages/vendors/src/index.ts': '',
      'packages/db/README.md': 'x\n'.repeat(41),
    };
    expect(findings(files)).toHaveLength(2);
  });
});
