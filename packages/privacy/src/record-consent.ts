import { DomainError } from '@wedsync/contracts/errors';
import { type ConsentState, RecordConsent } from '@wedsync/contracts/privacy';
import type { Tx } from '@wedsync/db/client';
import { isoMoment } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { findConsentText } from './model/consent-texts.ts';
import { recordConsents } from './record-consents.ts';

function wordingOf(version: string | null) {
  if (version === null) return {};
  const text = findConsentText(version);
  if (text) return { wording: { version, hash: Buffer.from(text.hash, 'hex') } };
  throw new DomainError(
    'invalid',
    'privacy.unknown-text',
    'This wording of the consent is not known. Choose one from the list.',
  );
}

type StateRow = Pick<ConsentState, keyof ConsentState>;

/** What holds now for a guest, channel by channel. */
export async function readConsentStates(
  tx: Tx,
  { weddingId, guestId }: { weddingId: string; guestId: string },
): Promise<ConsentState[]> {
  const rows = await tx.execute<StateRow>(sql`
    select channel, purpose, status, how, at from wedding.consent_states
    where wedding_id = ${weddingId} and guest_id = ${guestId} order by channel, purpose`);
  return rows.map((row) => ({ ...row, at: isoMoment(row.at) }));
}

/**
 * A planner writes down what a guest said on paper or in person. What was said last holds.
 * @throws DomainError `not-found`; `invalid` `privacy.unknown-text`; `invalid` `privacy.future`
 */
export async function recordConsent(
  ctx: ServiceContext,
  input: RecordConsent,
): Promise<ConsentState> {
  const { at, textVersion, ...entry } = parseInput(RecordConsent, input);
  requirePermission(ctx, 'privacy.record-consent');
  const weddingId = requireWedding(ctx);
  const moment = at ? new Date(at) : ctx.clock.now();
  if (moment > ctx.clock.now()) {
    throw new DomainError('invalid', 'privacy.future', 'Nobody can have said this yet.');
  }
  const wording = wordingOf(textVersion);
  return writeTx(ctx, async (scope) => {
    const { guestId, channel, purpose, status, how } = entry;
    const [guest] = await scope.tx.execute(sql`
      select from wedding.guests where wedding_id = ${weddingId} and id = ${guestId}
        and removed_at is null and erased_at is null for key share`);
    if (!guest) throw notFound('guest');
    await recordConsents(ctx, scope.tx, [{ ...entry, ...wording, at: moment }]);
    await scope.audit({
      action: 'privacy.record-consent',
      entity: 'guest',
      entityId: guestId,
      after: { channel, purpose, status, how },
    });
    await scope.change({ entity: 'guest', entityId: guestId, kind: 'updated' });
    const states = await readConsentStates(scope.tx, { weddingId, guestId });
    const state = states.find((one) => one.channel === channel && one.purpose === purpose);
    if (!state) throw new DomainError('bug', 'privacy.no-state', 'The consent was not kept.');
    return state;
  });
}
