import type { KeyObject } from 'node:crypto';
import { open, seal, sealedOverheadBytes } from './sealed.ts';

/**
 * Texts are padded to whole blocks, so that the length of a cipher does not tell one guest's
 * address from another's: nearly every e-mail address, number and street takes one block.
 */
export const textBlockBytes = 64;
const paddingStart = 0x80;

/** Bytes that a text of `bytes` bytes takes once it is sealed. */
export function sealedTextBytes(bytes: number): number {
  return Math.ceil((bytes + 1) / textBlockBytes) * textBlockBytes + sealedOverheadBytes;
}

/** Seals text; padding as in ISO/IEC 7816-4: one byte 0x80, then zeros. */
export function sealText(key: KeyObject, text: string, context: Uint8Array): Buffer {
  const bytes = Buffer.byteLength(text);
  const padded = Buffer.alloc(sealedTextBytes(bytes) - sealedOverheadBytes);
  padded.write(text);
  padded[bytes] = paddingStart;
  return seal(key, { text: padded, context });
}

/**
 * The text that was sealed.
 * @throws DomainError `bug` `platform.sealed_unreadable`
 */
export function openText(key: KeyObject, sealed: Uint8Array, context: Uint8Array): string {
  const padded = open(key, sealed, context);
  // Only zeros follow the padding's 0x80, so the last one is the padding's, whatever the text holds.
  return padded.toString('utf8', 0, padded.lastIndexOf(paddingStart));
}
