import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { DomainError } from '@wedsync/contracts/errors';
import { keyBytes, open, seal, sealedOverheadBytes } from './sealed.ts';

/** A key that wraps others, and the id by which they name it. */
export interface WrappingKey {
  /** UUID */
  id: string;
  key: KeyObject;
}

const idBytes = 16;
/** `id of the wrapping key | sealed key`: always this long. */
export const wrappedKeyBytes = idBytes + sealedOverheadBytes + keyBytes;

const idToBytes = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');

/** A new random key. */
export function newKey(): KeyObject {
  return createSecretKey(randomBytes(keyBytes));
}

/** The wrapping key's id is authenticated with the context: a wrapped key cannot be relabelled. */
function contextOf(id: Uint8Array, context: string): Buffer {
  return Buffer.concat([id, Buffer.from(context)]);
}

/**
 * `key` under `by`.
 * @param context what the key is for, e.g. `guest|<wedding>|<guest>`; it unwraps for nothing else
 */
export function wrapKey(by: WrappingKey, key: KeyObject, context: string): Buffer {
  const id = idToBytes(by.id);
  const sealed = seal(by.key, { text: key.export(), context: contextOf(id, context) });
  return Buffer.concat([id, sealed]);
}

/** Whether both were wrapped under one key, without making its id a text. */
export function isSameWrappingKey(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== wrappedKeyBytes || other.length !== wrappedKeyBytes) return false;
  return Buffer.compare(one.subarray(0, idBytes), other.subarray(0, idBytes)) === 0;
}

/** The id of the key that `wrapped` needs. */
export function wrappingKeyId(wrapped: Uint8Array): string {
  if (wrapped.length !== wrappedKeyBytes) {
    throw new DomainError(
      'bug',
      'platform.sealed_unreadable',
      'Something stored in encrypted form cannot be read.',
      { reason: 'not a wrapped key' },
    );
  }
  const hex = Buffer.from(wrapped.buffer, wrapped.byteOffset, idBytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * The key that was wrapped.
 * @throws DomainError `bug` `platform.sealed_unreadable` under another key or for another context
 */
export function unwrapKey(by: KeyObject, wrapped: Uint8Array, context: string): KeyObject {
  const id = wrapped.subarray(0, idBytes);
  const bytes = open(by, wrapped.subarray(idBytes), contextOf(id, context));
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}
