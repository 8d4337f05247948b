import { createHash, createHmac } from 'node:crypto';
import type { HouseholdId, WeddingId } from '@wedsync/contracts/ids';

/** What a household's link stands for; another `linkVersion` gives an unrelated token. */
export interface HouseholdLinkKey {
  weddingId: WeddingId;
  householdId: HouseholdId;
  linkVersion: number;
}

const purpose = 'household-rsvp';
/** 22 characters of base64url carry 132 bits. */
const tokenLength = 22;

/**
 * The capability token of a household's link: a truncated HMAC-SHA256 (RFC 2104), so that the worker
 * can write the same link again at any time and the database need not keep it.
 * @param secret LINK_SECRET
 */
export function deriveLinkToken(secret: string, key: HouseholdLinkKey): string {
  return createHmac('sha256', secret)
    .update([purpose, key.weddingId, key.householdId, key.linkVersion].join('|'))
    .digest('base64url')
    .slice(0, tokenLength);
}

/** What is stored of a token: whoever reads the table can open no link. */
export function hashLinkToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Whether a text from a URL can be a token at all; anything else need not reach the database. */
export const isLinkToken = (text: string): boolean => /^[A-Za-z0-9_-]{22}$/.test(text);
