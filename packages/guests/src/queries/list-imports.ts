import { ImportCounts } from '@wedsync/contracts/guest-import';
import type { GuestImport } from '@wedsync/contracts/guest-imports';
import type { ImportId } from '@wedsync/contracts/ids';
import { isoMoment } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

type ImportRecord = {
  id: ImportId;
  fileName: string;
  format: GuestImport['format'];
  state: GuestImport['state'];
  counts: unknown;
  appliedAt: string;
  appliedBy: string | null;
  appliedByName: string | null;
  undoneAt: string | null;
};

/** A list is imported a few times; more than this is a script that runs wild. */
const importsMax = 200;

/** The imports of the wedding, newest first, at most 200. */
export async function listImports(ctx: ServiceContext): Promise<GuestImport[]> {
  requirePermission(ctx, 'guests.import');
  const rows = await readTx(ctx, (tx) =>
    tx.execute<ImportRecord>(sql`
      select i.id, i.file_name as "fileName", i.format, i.state, i.counts,
        i.applied_at as "appliedAt", i.applied_by as "appliedBy", u.name as "appliedByName",
        i.undone_at as "undoneAt"
      from wedding.guest_imports i left join auth.users u on u.id = i.applied_by
      where i.wedding_id = ${requireWedding(ctx)}
      order by i.applied_at desc, i.id desc limit ${importsMax}`),
  );
  return rows.map((row) => ({
    ...row,
    counts: ImportCounts.parse(row.counts),
    appliedAt: isoMoment(row.appliedAt),
    undoneAt: isoMoment(row.undoneAt),
  }));
}
