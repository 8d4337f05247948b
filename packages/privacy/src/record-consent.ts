import { DomainError } from '@wedsync/contracts/errors';
import { type GuestId, newUuid } from '@wedsync/contracts/ids';
import {
  type ConsentChannel,
  type ConsentPurpose,
  type ConsentState,
  type ConsentStatus,
  type ConsentWay,
  RecordConsent,
} from '@wedsync/contracts/privacy';
import type { Tx } from '@wedsync/db/client';
import { consents } from '@wedsync/db/schema/privacy';
import { isoMoment } from '@wedsync/db/sql-values';
import { actorId, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { type WriteScope, writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { findConsentText } from './model/consent-texts.ts';

/** What a guest said, as the places where it is said hand it over. */
export interface ConsentEntry {
  guestId: GuestId;
  channel: ConsentChannel;
  purpose?: ConsentPurpose;
  status: ConsentStatus;
  how: ConsentWay;
  /** The wording that was shown, and in which language. */
  textVersion?: string | null;
  language?: string;
  /** Id of what proves it, e.g. of an inbound text; never an address or a number. */
  proof?: string | null;
  at?: Date;
}

function textOf({ textVersion, language }: ConsentEntry) {
  if (!textVersion) return { textVersion: null, textHash: null };
  const text = findConsentText(textVersion, language);
  if (!text) {
    throw new DomainError(
      'invalid',
      'privacy.unknown-text',
      'This wording of the consent is not known. Choose one from the list.',
    );
  }
  return { textVersion, textHash: Buffer.from(text.hash, 'hex') };
}

/**
 * Adds entries to the ledger inside somebody's transaction, with their audit; the caller has checked
 * that the guests exist and that the actor may speak for them.
 */
export async function addConsents(
  ctx: ServiceContext,
  { tx, auditAll }: Pick<WriteScope, 'tx' | 'auditAll'>,
  entries: readonly ConsentEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const weddingId = requireWedding(ctx);
  const rows = entries.map((entry) => {
    const { guestId, channel, purpose = 'relationship', status, how, proof = null } = entry;
    const at = entry.at ?? ctx.clock.now();
    return { ...textOf(entry), guestId, channel, purpose, status, how, proof, at };
  });
  await tx.insert(consents).values(
    rows.map((row) => ({
      ...row,
      weddingId,
      id: newUuid(),
      recordedByKind: ctx.actor.kind,
      recordedBy: actorId(ctx.actor) ?? null,
    })),
  );
  await auditAll(
    rows.map(({ guestId, channel, purpose, status, how }) => ({
      action: 'privacy.record-consent',
      entity: 'guest',
      entityId: guestId,
      after: { channel, purpose, status, how },
    })),
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
  const { at, ...entry } = parseInput(RecordConsent, input);
  requirePermission(ctx, 'privacy.record-consent');
  const weddingId = requireWedding(ctx);
  const moment = at ? new Date(at) : ctx.clock.now();
  if (moment > ctx.clock.now()) {
    throw new DomainError('invalid', 'privacy.future', 'Nobody can have said this yet.');
  }
  return writeTx(ctx, async (scope) => {
    const { guestId, channel, purpose } = entry;
    const [guest] = await scope.tx.execute(sql`
      select from wedding.guests where wedding_id = ${weddingId} and id = ${guestId}
        and removed_at is null and erased_at is null for key share`);
    if (!guest) throw notFound('guest');
    await addConsents(ctx, scope, [{ ...entry, at: moment }]);
    await scope.change({ entity: 'guest', entityId: guestId, kind: 'updated' });
    const states = await readConsentStates(scope.tx, { weddingId, guestId });
    const state = states.find((one) => one.channel === channel && one.purpose === purpose);
    if (!state) throw new DomainError('bug', 'privacy.no-state', 'The consent was not kept.');
    return state;
  });
}
