import type { GuestId } from '@wedsync/contracts/ids';
import type { SubjectKey } from '@wedsync/service/subject-key';
import type { NewSubjectKey, WeddingKeys } from '@wedsync/service/wedding-keys';
import { z } from 'zod';
import { isEmail } from './model/emails.ts';

/** How a guest can be reached, in plain. */
export interface Contacts {
  email: string | null;
  otherEmails: string[];
  phone: string | null;
  otherPhones: string[];
}

export const noContacts: Contacts = { email: null, otherEmails: [], phone: null, otherPhones: [] };

const OtherContacts = z.object({ emails: z.array(z.string()), phones: z.array(z.string()) });

/** The columns of `wedding.guests` that hold contacts, named as in the Drizzle table. */
export interface ContactColumns {
  emailCipher: Uint8Array | null;
  emailHash: Uint8Array | null;
  phoneCipher: Uint8Array | null;
  phoneHash: Uint8Array | null;
  otherContactsCipher: Uint8Array | null;
  otherContactHashes: Uint8Array[];
}

/** What a statement must read so that contacts can be opened. */
export type ContactRecord = {
  email_cipher: Uint8Array | null;
  phone_cipher: Uint8Array | null;
  /** `wedding.guest_keys.wrapped`; null where nothing was ever sealed, or the guest was erased. */
  guest_key: Uint8Array | null;
};

/** Whether there is anything that needs a key. */
export const hasContacts = ({ email, otherEmails, phone, otherPhones }: Contacts): boolean =>
  email !== null || phone !== null || otherEmails.length + otherPhones.length > 0;

/**
 * Contacts as they are stored. An address that cannot be one is kept for the planner to see, but has
 * no hash: nothing is ever sent there.
 */
export function sealContacts(
  keys: WeddingKeys,
  key: SubjectKey,
  { email, otherEmails, phone, otherPhones }: Contacts,
): ContactColumns {
  const others = { emails: otherEmails, phones: otherPhones };
  const hasOthers = otherEmails.length + otherPhones.length > 0;
  return {
    emailCipher: email === null ? null : key.seal('email', email),
    emailHash: email !== null && isEmail(email) ? keys.hashEmail(email) : null,
    phoneCipher: phone === null ? null : key.seal('phone', phone),
    phoneHash: phone === null ? null : keys.hashPhone(phone),
    otherContactsCipher: hasOthers ? key.seal('other_contacts', JSON.stringify(others)) : null,
    otherContactHashes: [
      ...otherEmails.filter(isEmail).map((one) => keys.hashEmail(one)),
      ...otherPhones.map((one) => keys.hashPhone(one)),
    ],
  };
}

/** The contacts that lists show. One unwrap and one decryption per value, nothing asynchronous. */
export function openMainContacts(
  keys: WeddingKeys,
  guestId: GuestId,
  record: ContactRecord,
): Pick<Contacts, 'email' | 'phone'> {
  const { email_cipher, phone_cipher, guest_key } = record;
  if (!guest_key || (!email_cipher && !phone_cipher)) return { email: null, phone: null };
  const key = keys.guest(guestId, guest_key);
  return {
    email: email_cipher && key.open('email', email_cipher),
    phone: phone_cipher && key.open('phone', phone_cipher),
  };
}

/** All contacts of a guest. */
export function openContacts(
  keys: WeddingKeys,
  guestId: GuestId,
  record: ContactRecord & { other_contacts_cipher: Uint8Array | null },
): Contacts {
  const { email_cipher, phone_cipher, other_contacts_cipher, guest_key } = record;
  if (!guest_key) return noContacts;
  const key = keys.guest(guestId, guest_key);
  const others = other_contacts_cipher && key.open('other_contacts', other_contacts_cipher);
  const { emails, phones } = others
    ? OtherContacts.parse(JSON.parse(others))
    : { emails: [], phones: [] };
  return {
    email: email_cipher && key.open('email', email_cipher),
    otherEmails: emails,
    phone: phone_cipher && key.open('phone', phone_cipher),
    otherPhones: phones,
  };
}

/** Contacts and everything else of a guest's fields, apart; what is missing is missing in both. */
export function splitContacts<T extends Partial<Contacts>>(fields: T) {
  const { email, otherEmails, phone, otherPhones, ...rest } = fields;
  const given = { email, otherEmails, phone, otherPhones };
  const contacts: Partial<Contacts> = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  return { contacts, rest };
}

/** The row of a new key, for a set-based insert through JSON. */
export const keyRow = (id: string, { dataKeyId, wrapped }: NewSubjectKey) => ({
  id,
  dataKeyId,
  wrapped: `\\x${wrapped.toString('hex')}`,
});
