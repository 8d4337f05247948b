import { DomainError } from '@wedsync/contracts/errors';
import type { WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { weddings } from '@wedsync/db/schema/weddings';
import { eq } from 'drizzle-orm';
import { readPhones } from './model/phones.ts';

interface Contacts {
  email?: string | null | undefined;
  otherEmails?: string[] | undefined;
  phone?: string | null | undefined;
  otherPhones?: string[] | undefined;
}

/** The domain of an address has no case; the part before the @ may have one. */
const tidyEmail = (email: string) => {
  const at = email.lastIndexOf('@');
  return email.slice(0, at) + email.slice(at).toLowerCase();
};

function readPhone(text: string, country: string): string {
  const [phone] = readPhones(text, country).phones;
  if (phone) return phone;
  throw new DomainError(
    'invalid',
    'guests.phone',
    'This phone number cannot be read. Write it with its country code, for example +351 912 345 678.',
  );
}

/**
 * Contacts as they are stored: phone numbers in E.164, read in the wedding's country where they
 * have no country code; the domains of e-mail addresses in lower case.
 * @throws DomainError `invalid` `guests.phone`
 */
export async function readContacts<T extends Contacts>(
  tx: Tx,
  weddingId: WeddingId,
  contacts: T,
): Promise<T> {
  const read = { ...contacts };
  if (read.email) read.email = tidyEmail(read.email);
  if (read.otherEmails) read.otherEmails = [...new Set(read.otherEmails.map(tidyEmail))];
  if (!read.phone && !read.otherPhones?.length) return read;
  const [wedding] = await tx
    .select({ country: weddings.defaultCountry })
    .from(weddings)
    .where(eq(weddings.id, weddingId));
  const country = wedding?.country ?? '';
  if (read.phone) read.phone = readPhone(read.phone, country);
  if (read.otherPhones) {
    read.otherPhones = [...new Set(read.otherPhones.map((phone) => readPhone(phone, country)))];
  }
  return read;
}
