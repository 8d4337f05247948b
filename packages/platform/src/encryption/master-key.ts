import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { DomainError } from '@wedsync/contracts/errors';
import { keyBytes } from './sealed.ts';
import type { WrappingKey } from './wrapped-key.ts';

/** Whether a text is 32 bytes in base64, as `openssl rand -base64 32` prints them. */
export function isMasterKey(text: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(text) && Buffer.from(text, 'base64').length === keyBytes;
}

/** Names a key without telling anything about it: a UUIDv8 (RFC 9562) from its SHA-256. */
function idOf(key: KeyObject): string {
  const digest = createHash('sha256').update('wedsync master key|').update(key.export()).digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * The key of keys.
 * @param text MASTER_KEY
 * @throws DomainError `precondition` `platform.master_key`
 */
export function readMasterKey(text: string): WrappingKey {
  if (!isMasterKey(text)) {
    throw new DomainError(
      'precondition',
      'platform.master_key',
      'MASTER_KEY is not 32 bytes in base64. Make one with `openssl rand -base64 32`.',
    );
  }
  const key = createSecretKey(Buffer.from(text, 'base64'));
  return { id: idOf(key), key };
}
