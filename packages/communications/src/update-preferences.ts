import { createHash } from 'node:crypto';
import {
  type SuppressionChannel,
  smsConsentWording,
  UpdatePreferences,
} from '@wedsync/contracts/communications-feedback';
import type { Tx } from '@wedsync/db/client';
import { suppressions } from '@wedsync/db/schema/communications';
import { type ConsentEntry, recordConsents } from '@wedsync/privacy';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq, inArray } from 'drizzle-orm';
import { type PersonRow, readPeople } from './queries/household-preferences.ts';
import { suppressAddress } from './suppress-address.ts';

interface Decision {
  person: PersonRow;
  channel: SuppressionChannel;
  wanted: boolean;
}

/** What is decided anew: a choice that says what holds already changes nothing. */
function decisionsOf(
  people: readonly PersonRow[],
  { choices }: Pick<UpdatePreferences, 'choices'>,
): Decision[] {
  return people.flatMap((person) => {
    const choice = choices.find(({ guestId }) => guestId === person.id);
    const decisions: Decision[] = [];
    if (person.email_hash && choice?.email !== undefined && choice.email !== person.email_on) {
      decisions.push({ person, channel: 'email', wanted: choice.email });
    }
    if (person.phone_hash && choice?.sms !== undefined && choice.sms !== person.sms_on) {
      decisions.push({ person, channel: 'sms', wanted: choice.sms });
    }
    return decisions;
  });
}

const smsWording = {
  version: smsConsentWording.version,
  hash: createHash('sha256').update(smsConsentWording.text).digest(),
};

const consentOf = ({ person, channel, wanted }: Decision): ConsentEntry => ({
  guestId: person.id,
  channel,
  status: wanted ? 'granted' : 'withdrawn',
  how: 'link',
  ...(wanted && channel === 'sms' ? { wording: smsWording } : {}),
});

/** Their own word takes back their own refusal; a bounce and an erasure stay. */
const liftable = ['unsubscribed', 'complained', 'manual'] as const;

async function apply(tx: Tx, ctx: ServiceContext, decision: Decision): Promise<void> {
  const { person, channel, wanted } = decision;
  const weddingId = requireWedding(ctx);
  const addressHash = channel === 'email' ? person.email_hash : person.phone_hash;
  if (!addressHash) return;
  if (!wanted) {
    await suppressAddress(tx, { weddingId, channel, addressHash, reason: 'unsubscribed' });
    return;
  }
  await tx
    .delete(suppressions)
    .where(
      and(
        eq(suppressions.weddingId, weddingId),
        eq(suppressions.channel, channel),
        eq(suppressions.addressHash, addressHash),
        inArray(suppressions.reason, liftable),
      ),
    );
}

/**
 * A household says how it wants to be written to. Consent is recorded with the wording that stood
 * there; an address that is switched off is stopped at the next claim of a running send.
 * @returns how many choices changed
 */
export async function updatePreferences(
  ctx: ServiceContext,
  input: UpdatePreferences,
): Promise<number> {
  const { householdId, choices } = parseInput(UpdatePreferences, input);
  requirePermission(ctx, 'communications.update', { allow: ['system'] });
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const people = await readPeople(tx, weddingId, householdId);
    const decisions = decisionsOf(people, { choices });
    if (decisions.length === 0) return 0;
    for (const decision of decisions) await apply(tx, ctx, decision);
    await recordConsents(ctx, tx, decisions.map(consentOf));
    await audit({
      action: 'communications.update-preferences',
      entity: 'household',
      entityId: householdId,
      after: decisions.map(({ person, channel, wanted }) => ({
        guestId: person.id,
        channel,
        wanted,
      })),
    });
    await change({ entity: 'message', kind: 'bulk' });
    return decisions.length;
  });
}
