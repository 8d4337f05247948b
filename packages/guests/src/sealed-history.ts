import type { SubjectKey } from '@wedsync/service/subject-key';
import { z } from 'zod';

/** The fields of guests and households that nobody may read without their key. */
const sealedFields = new Set([
  'email',
  'otherEmails',
  'phone',
  'otherPhones',
  'street',
  'postalCode',
]);

type Fields = Record<string, unknown>;
const Sealed = z.object({ sealed: z.string() });

const isBlank = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);

/**
 * What the history keeps of a change: contacts and streets go into one value under the key of whom
 * they belong to, so that erasing the guest takes them out of the history too.
 * @param key undefined where there is none; then there was nothing to seal either
 */
export function sealHistory(key: SubjectKey | undefined, fields: object): Fields {
  const all = Object.entries(fields);
  const secret = all.filter(([name, value]) => sealedFields.has(name) && !isBlank(value));
  if (secret.length === 0 || !key) {
    return Object.fromEntries(
      all.filter(([name, value]) => !sealedFields.has(name) || isBlank(value)),
    );
  }
  const text = JSON.stringify(Object.fromEntries(secret));
  const open = all.filter((entry) => !secret.includes(entry));
  return { ...Object.fromEntries(open), sealed: key.seal('history', text).toString('base64') };
}

/** The fields as they were; without the key, what was never sealed. */
export function openHistory(key: SubjectKey | undefined, fields: Fields | null): Fields | null {
  const stored = Sealed.safeParse(fields);
  if (!fields || !stored.success) return fields;
  const { sealed: _, ...rest } = fields;
  if (!key) return rest;
  const opened: Fields = JSON.parse(key.open('history', Buffer.from(stored.data.sealed, 'base64')));
  return { ...rest, ...opened };
}
