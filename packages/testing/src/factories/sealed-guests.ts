import { GuestId, WeddingId } from '@wedsync/contracts/ids';
import { dialect } from '@wedsync/db/connection-pool';
import type { KeyRing, Statements } from '@wedsync/service/key-ring';
import type postgres from 'postgres';
import { testKeyRing } from '../key-ring.ts';

/** How a guest is reached, in plain. */
export interface PlainContacts {
  id: string;
  email: string | null;
  phone?: string | null;
}

/** `admin` as a ring sees a transaction. */
const statementsOf = (admin: postgres.Sql): Statements => ({
  async execute(statement) {
    const { sql: text, params } = dialect.sqlToQuery(statement);
    return admin.unsafe(text, params as postgres.ParameterOrJSON<never>[]);
  },
});

const hex = (bytes: Uint8Array | null) => bytes && `\\x${Buffer.from(bytes).toString('hex')}`;
const isAddress = (email: string) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email.trim());

/**
 * Gives guests that exist their contacts, sealed as the guests room seals them. An address that
 * cannot be one gets no hash.
 * `ring` is that of the processes that are to read them; the tests' own unless told otherwise.
 */
export async function sealGuests(
  admin: postgres.Sql,
  { weddingId, ring = testKeyRing }: { weddingId: string; ring?: KeyRing },
  guests: readonly PlainContacts[],
): Promise<void> {
  const reached = guests.filter(({ email, phone }) => email !== null || phone);
  if (reached.length === 0) return;
  const keys = await ring.forSealing(statementsOf(admin), WeddingId.parse(weddingId));
  const rows = reached.map(({ id, email, phone = null }) => {
    const { key, dataKeyId, wrapped } = keys.newGuestKey(GuestId.parse(id));
    return {
      id,
      data_key_id: dataKeyId,
      wrapped: hex(wrapped),
      email_cipher: hex(email === null ? null : key.seal('email', email)),
      email_hash: hex(email === null || !isAddress(email) ? null : keys.hashEmail(email)),
      phone_cipher: hex(phone === null ? null : key.seal('phone', phone)),
      phone_hash: hex(phone === null ? null : keys.hashPhone(phone)),
    };
  });
  // As text: Drizzle, where it was given the same client, takes away how postgres.js writes JSON.
  const batch = JSON.stringify(rows);
  await admin`
    insert into wedding.guest_keys (wedding_id, guest_id, data_key_id, wrapped)
    select ${weddingId}, row.id, row.data_key_id, row.wrapped
    from jsonb_to_recordset(${batch}::text::jsonb) as row (id uuid, data_key_id uuid, wrapped bytea)`;
  // Version and moment stay as the insert left them: to a test this is one act.
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`
      update wedding.guests g set email_cipher = row.email_cipher, email_hash = row.email_hash,
        phone_cipher = row.phone_cipher, phone_hash = row.phone_hash
      from jsonb_to_recordset(${batch}::text::jsonb) as row
        (id uuid, email_cipher bytea, email_hash bytea, phone_cipher bytea, phone_hash bytea)
      where g.wedding_id = ${weddingId} and g.id = row.id`;
  });
}
