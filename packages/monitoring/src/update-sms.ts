import {
  AssignSmsNumber,
  SmsNumber,
  SmsPrice,
  UnassignSmsNumber,
  UpdateSmsPrices,
} from '@wedsync/contracts/communications-sms';
import { DomainError } from '@wedsync/contracts/errors';
import { jsonParameter } from '@wedsync/db/sql-values';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { readTx, writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { MonitoringContext } from './ports.ts';
import { recordOperatorAction } from './record-operator-action.ts';

type NumberRow = { number: string; org_id: string; organization_name: string };

const readNumbers = (ctx: MonitoringContext) =>
  readTx(ctx, (tx) => tx.execute<NumberRow>(sql`select * from ops.list_sms_numbers()`));

/** Which company texts from which number. */
export async function listSmsNumbers(ctx: MonitoringContext): Promise<SmsNumber[]> {
  requireOperator(ctx);
  const rows = await readNumbers(ctx);
  return rows.map((row) =>
    SmsNumber.parse({
      number: row.number,
      orgId: row.org_id,
      organizationName: row.organization_name,
    }),
  );
}

/**
 * Gives a company a number of its own, in place of the one it had. Guests who opted out of the old
 * one are asked nothing again: their wish stands in every wedding that had texted them.
 * @throws DomainError not-found; conflict where another company has the number
 */
export async function assignSmsNumber(
  ctx: MonitoringContext,
  input: AssignSmsNumber,
): Promise<void> {
  requireOperator(ctx);
  const { orgId, number } = parseInput(AssignSmsNumber, input);
  const taken = (await readNumbers(ctx)).find((row) => row.number === number);
  if (taken && taken.org_id !== orgId) {
    throw new DomainError(
      'conflict',
      'monitoring.sms-number-taken',
      `${number} belongs to ${taken.organization_name}. Take it away there first.`,
    );
  }
  await writeTx(ctx, async ({ tx }) => {
    const [row] = await tx.execute<{ done: boolean }>(
      sql`select ops.assign_sms_number(${orgId}, ${number}) as done`,
    );
    if (!row?.done) throw notFound('company');
    const after = { number };
    await recordOperatorAction(ctx, tx, {
      action: 'sms.assign-number',
      entity: 'sms',
      entityId: orgId,
      orgId,
      after,
    });
  });
}

/** @throws DomainError not-found where no company has the number */
export async function unassignSmsNumber(
  ctx: MonitoringContext,
  input: UnassignSmsNumber,
): Promise<void> {
  requireOperator(ctx);
  const { number } = parseInput(UnassignSmsNumber, input);
  const numbers = await listSmsNumbers(ctx);
  const orgId = numbers.find((row) => row.number === number)?.orgId;
  if (!orgId) throw notFound('number');
  await writeTx(ctx, async ({ tx }) => {
    await tx.execute(sql`select ops.assign_sms_number(${orgId}, null)`);
    const before = { number };
    await recordOperatorAction(ctx, tx, {
      action: 'sms.assign-number',
      entity: 'sms',
      entityId: orgId,
      orgId,
      before,
    });
  });
}

type PriceRow = { country: string | null; micros: number; currency: string };

/** What one segment costs, by country; the price of all others comes first. */
export async function listSmsPrices(ctx: MonitoringContext): Promise<SmsPrice[]> {
  requireOperator(ctx);
  const rows = await readTx(ctx, (tx) =>
    tx.execute<PriceRow>(sql`
      select nullif(country, '') as country, micros_per_segment::float8 as micros, currency
      from ops.sms_prices order by ops.sms_prices.country`),
  );
  return rows.map(({ country, micros, currency }) =>
    SmsPrice.parse({ country, microsPerSegment: micros, currency }),
  );
}

/** Replaces the price table. @throws DomainError invalid where a country comes twice */
export async function updateSmsPrices(
  ctx: MonitoringContext,
  input: UpdateSmsPrices,
): Promise<SmsPrice[]> {
  requireOperator(ctx);
  const { prices } = parseInput(UpdateSmsPrices, input);
  const countries = new Set(prices.map(({ country }) => country));
  if (countries.size < prices.length) {
    throw new DomainError(
      'invalid',
      'monitoring.sms-price-twice',
      'A country has two prices. Keep one line per country.',
    );
  }
  await writeTx(ctx, async ({ tx }) => {
    await tx.execute(sql`select ops.replace_sms_prices(${jsonParameter(prices)})`);
    await recordOperatorAction(ctx, tx, {
      action: 'sms.update-prices',
      entity: 'sms',
      after: { prices: prices.length },
    });
  });
  return listSmsPrices(ctx);
}
