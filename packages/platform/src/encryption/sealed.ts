import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { DomainError } from '@wedsync/contracts/errors';

/** AES-256-GCM (NIST SP 800-38D): 256-bit key, 96-bit nonce, 128-bit tag. */
export const keyBytes = 32;
export const nonceBytes = 12;
export const tagBytes = 16;

const algorithm = 'aes-256-gcm';
/** First byte of everything sealed; another format gets another number. */
const formatVersion = 1;
const headerBytes = 1 + nonceBytes;

/** What was sealed is longer than its text by this: version, nonce and tag. */
export const sealedOverheadBytes = headerBytes + tagBytes;

/**
 * `version | nonce | ciphertext | tag`. The nonce is random: a key may seal 2^32 times (SP 800-38D
 * §8.3), which a guest's key, or a key that wraps some millions of those, never reaches.
 *
 * @param key a `KeyObject`, because a cipher made from bytes costs five times as much
 * @param context what the text belongs to; authenticated, not stored. It opens nowhere else
 * @param nonce given by tests of published vectors only
 */
export function seal(
  key: KeyObject,
  { text, context }: { text: Uint8Array; context: Uint8Array },
  nonce: Uint8Array = randomBytes(nonceBytes),
): Buffer {
  const cipher = createCipheriv(algorithm, key, nonce);
  cipher.setAAD(context);
  const body = cipher.update(text);
  cipher.final();
  const sealed = Buffer.allocUnsafe(sealedOverheadBytes + body.length);
  sealed[0] = formatVersion;
  sealed.set(nonce, 1);
  sealed.set(body, headerBytes);
  sealed.set(cipher.getAuthTag(), headerBytes + body.length);
  return sealed;
}

function unreadable(reason: string): DomainError {
  return new DomainError(
    'bug',
    'platform.sealed_unreadable',
    'Something stored in encrypted form cannot be read.',
    { reason },
  );
}

/**
 * The text that was sealed under this key for this context.
 * @throws DomainError `bug` `platform.sealed_unreadable` for another key, context or format, or a
 * changed byte
 */
export function open(key: KeyObject, sealed: Uint8Array, context: Uint8Array): Buffer {
  if (sealed.length < sealedOverheadBytes) throw unreadable('too short');
  if (sealed[0] !== formatVersion) throw unreadable(`format ${sealed[0]}`);
  const end = sealed.length - tagBytes;
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(1, headerBytes));
  decipher.setAAD(context);
  decipher.setAuthTag(sealed.subarray(end));
  const text = decipher.update(sealed.subarray(headerBytes, end));
  try {
    decipher.final();
  } catch {
    throw unreadable('wrong key, wrong place or damaged');
  }
  return text;
}
