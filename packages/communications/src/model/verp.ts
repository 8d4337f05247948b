import { createHmac, timingSafeEqual } from 'node:crypto';
import { MessageId } from '@wedsync/contracts/ids';

/** The delivery that a bounce address stands for, as far as the address holds it. */
export interface VerpTarget {
  messageId: MessageId;
  /** The first 8 bytes of the delivery's id in hexadecimal: one delivery among those of a message. */
  deliveryPrefix: string;
}

export interface SignedDelivery {
  messageId: string;
  deliveryId: string;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const messageBytes = 16;
const prefixBytes = 8;
const signedBytes = messageBytes + prefixBytes;
const tokenBytes = signedBytes + 8;
const tokenShape = /^(?:b-|reply\+)([a-z2-7]{52})$/;

/** What signs bounce addresses, derived from the installation's secret for this one purpose. */
export function verpKey(linkSecret: string): Buffer {
  return createHmac('sha256', linkSecret).update('verp-return-path').digest();
}

/** RFC 4648 base32 in lower case and without padding: survives servers that fold the case. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(held >> (bits - 5)) & 31];
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text;
}

/** Undefined where bits beyond the last byte are set: each token has exactly one spelling. */
function fromBase32(text: string): Buffer | undefined {
  const bytes = Buffer.alloc(tokenBytes);
  let held = 0;
  let bits = 0;
  let length = 0;
  for (const letter of text) {
    held = ((held << 5) | alphabet.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[length++] = (held >> bits) & 0xff;
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}

const sign = (key: Buffer, signed: Uint8Array) =>
  createHmac('sha256', key)
    .update(signed)
    .digest()
    .subarray(0, tokenBytes - signedBytes);

/**
 * The return path of one delivery (variable envelope return path): `b-<token>@<domain>`, where the
 * token is the message's id, the start of the delivery's id and 64 bits of HMAC-SHA-256 over both.
 * Whatever comes back to it names the delivery by itself, and nobody else can make one up.
 */
export function verpAddress(key: Buffer, delivery: SignedDelivery, domain: string): string {
  return returnPathOf(verpToken(key, delivery), domain);
}

/**
 * Where a guest's answer goes: `reply+<token>@<domain>` with the token of the return path. Both name
 * the delivery; what the mail is decides what becomes of it, whichever of the two it was sent to.
 */
export const replyAddressOf = (token: string, domain: string): string => `reply+${token}@${domain}`;
export const returnPathOf = (token: string, domain: string): string => `b-${token}@${domain}`;

/** What names a delivery in its addresses. */
export function verpToken(key: Buffer, delivery: SignedDelivery): string {
  const hex = delivery.messageId + delivery.deliveryId.slice(0, prefixBytes * 2 + 2);
  const signed = Buffer.from(hex.replaceAll('-', ''), 'hex');
  return base32(Buffer.concat([signed, sign(key, signed)]));
}

/**
 * Reads a return path or an address for answers; null for anything else. The signature is compared in
 * constant time, and letters in either case mean the same.
 */
export function readVerp(key: Buffer, address: string, domain: string): VerpTarget | null {
  const at = address.lastIndexOf('@');
  if (address.slice(at + 1).toLowerCase() !== domain.toLowerCase()) return null;
  const token = tokenShape.exec(address.slice(0, Math.max(at, 0)).toLowerCase())?.[1];
  const bytes = token && fromBase32(token);
  if (!bytes) return null;
  const signed = bytes.subarray(0, signedBytes);
  if (!timingSafeEqual(bytes.subarray(signedBytes), sign(key, signed))) return null;
  const messageId = MessageId.safeParse(
    signed.toString('hex', 0, messageBytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  );
  if (!messageId.success) return null;
  return {
    messageId: messageId.data,
    deliveryPrefix: signed.toString('hex', messageBytes, signedBytes),
  };
}
