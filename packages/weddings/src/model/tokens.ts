import { createHash, createHmac } from 'node:crypto';

/** SHA-256 as base64url: what is stored of a secret that only its holder knows. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/**
 * The token of an invitation's link: 128 bits, derived so that it can be sent again without ever
 * being stored. A higher `linkVersion` makes a different token and thereby voids the former link.
 */
export function invitationToken(
  secret: string,
  invitation: { orgId: string; invitationId: string; linkVersion: number },
): string {
  const { orgId, invitationId, linkVersion } = invitation;
  return createHmac('sha256', secret)
    .update(`member-invitation|${orgId}|${invitationId}|${linkVersion}`)
    .digest('base64url')
    .slice(0, 22);
}
