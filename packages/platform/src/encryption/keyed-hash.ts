import { createHmac, type KeyObject } from 'node:crypto';
import { domainToASCII } from 'node:url';

/** HMAC-SHA-256 (RFC 2104). */
export const keyedHashBytes = 32;

/**
 * The form in which addresses are compared: no case, no surrounding space, the domain as it stands
 * in the DNS. Providers' own rules (dots, +tags) are theirs: two such addresses may be two people.
 */
export function normalizeEmail(email: string): string {
  const text = email.trim().normalize('NFC').toLowerCase();
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1);
  return `${text.slice(0, at + 1)}${domainToASCII(domain) || domain}`;
}

/**
 * What is stored of an address to find it again: nobody without the key can tell whose it is, not
 * even by trying every address there is.
 */
export function hashEmail(key: KeyObject, email: string): Buffer {
  return createHmac('sha256', key)
    .update(`email|${normalizeEmail(email)}`)
    .digest();
}

/** The same for a phone number. @param phone E.164 */
export function hashPhone(key: KeyObject, phone: string): Buffer {
  return createHmac('sha256', key).update(`phone|${phone}`).digest();
}
