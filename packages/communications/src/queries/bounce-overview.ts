import {
  type BounceClass,
  type BounceOverview,
  BounceOverviewInput,
  type DeliveryEventKind,
  type MailProvider,
} from '@wedsync/contracts/communications-feedback';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { meaningOf } from '../model/inbound/status-codes.ts';

type CountRow = {
  day: string;
  provider: MailProvider;
  kind: DeliveryEventKind;
  bounce_class: BounceClass | '';
  code: string;
  n: number;
};

const codesMax = 100;

const sumOf = (rows: readonly CountRow[]) => rows.reduce((sum, { n }) => sum + n, 0);

function codesOf(rows: readonly CountRow[]): BounceOverview['byCode'] {
  const codes = new Map<string, BounceOverview['byCode'][number]>();
  for (const { provider, bounce_class: bounceClass, code, n } of rows) {
    if (bounceClass === '') continue;
    const key = `${provider} ${bounceClass} ${code}`;
    const known = codes.get(key);
    if (known) known.count += n;
    else codes.set(key, { provider, bounceClass, code, meaning: meaningOf(code), count: n });
  }
  return [...codes.values()].toSorted((one, other) => other.count - one.count).slice(0, codesMax);
}

/** Bounces and complaints over all weddings, for operators: whose mail systems say what. */
export async function getBounceOverview(
  ctx: ServiceContext,
  input: BounceOverviewInput,
): Promise<BounceOverview> {
  const { days } = parseInput(BounceOverviewInput, input);
  requireOperator(ctx);
  return readTx(ctx, async (tx) => {
    const rows = [
      ...(await tx.execute<CountRow>(sql`
        select day::text as day, provider, kind, bounce_class, code, n
        from ops.list_feedback_counts(${days})`)),
    ];
    const refused = await tx.execute<{ source: string; reason: string; count: number }>(sql`
      select source, reason, n as count from ops.list_feedback_refusals(${days})`);
    const of = (kind: DeliveryEventKind, bounceClass: BounceClass | '' = '') =>
      sumOf(rows.filter((row) => row.kind === kind && row.bounce_class === bounceClass));
    const byDay = [...new Set(rows.map(({ day }) => day))].toSorted().map((day) => {
      const ofDay = (kind: DeliveryEventKind) =>
        sumOf(rows.filter((row) => row.day === day && row.kind === kind));
      return {
        day,
        bounced: ofDay('bounced'),
        complained: ofDay('complained'),
        delivered: ofDay('delivered'),
      };
    });
    return {
      totals: {
        delivered: of('delivered'),
        deferred: of('deferred'),
        bouncedHard: of('bounced', 'hard'),
        bouncedSoft: of('bounced', 'soft'),
        bouncedBlocked: of('bounced', 'blocked'),
        complained: of('complained'),
        unsubscribed: of('unsubscribed'),
        autoReplied: of('auto_replied'),
      },
      byCode: codesOf(rows),
      byDay,
      refused: [...refused],
    };
  });
}
