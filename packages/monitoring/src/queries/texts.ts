import { ListSimulatedTexts, type SimulatedTextPage } from '@wedsync/contracts/communications-sms';
import { DomainError } from '@wedsync/contracts/errors';
import type { SmsClient } from '@wedsync/platform/embedded/sms-client';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import type { MonitoringContext } from '../ports.ts';

/** @throws DomainError precondition where texts leave through a real provider */
export function requireSimulator(ctx: MonitoringContext): SmsClient {
  const { texts } = ctx.monitoring;
  if (texts) return texts;
  throw new DomainError(
    'precondition',
    'monitoring.no-sms-simulator',
    'Texts leave through a real provider here, so none is simulated. Unset SMS_URL to simulate it.',
  );
}

/** Simulated texts of both directions, newest first; the search looks at numbers and text. */
export async function listSimulatedTexts(
  ctx: MonitoringContext,
  input: ListSimulatedTexts,
): Promise<SimulatedTextPage> {
  requireOperator(ctx);
  const { search, cursor, limit } = parseInput(ListSimulatedTexts, input);
  const { texts } = ctx.monitoring;
  if (!texts) return { kind: 'provider' };
  const page = await texts.list({ search, limit, ...(cursor ? { after: cursor } : {}) });
  return {
    kind: 'simulated',
    items: page.items,
    total: page.total,
    nextCursor: page.next ?? null,
  };
}
