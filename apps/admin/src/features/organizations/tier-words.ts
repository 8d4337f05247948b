import type { OrganizationSummary } from '@wedsync/contracts/monitoring';
import type { Tier } from '@wedsync/contracts/weddings';
import type { BadgeTone } from '@wedsync/ui/badge';

/** The subscription tiers in words. */
export const tierWords: Record<Tier, { label: string; note: string; tone: BadgeTone }> = {
  free: { label: 'Free', note: 'To try it out', tone: 'neutral' },
  studio: { label: 'Studio', note: 'For a planner’s company', tone: 'accent' },
  enterprise: { label: 'Enterprise', note: 'Without limits', tone: 'info' },
};

/** Smallest first. Only types come from the contracts: their schemas would double the page's size. */
export const tiers: readonly Tier[] = ['free', 'studio', 'enterprise'];

/** "3 of 60", or "3" where there is no limit. */
export const ofLimit = (used: number, limit: number | null): string =>
  limit === null ? String(used) : `${used} of ${limit}`;

/** True where the company already has more than its plan would let it add. */
export function isOverPlan(one: OrganizationSummary): boolean {
  return (
    (one.weddingsMax !== null && one.weddings > one.weddingsMax) ||
    (one.membersMax !== null && one.members > one.membersMax) ||
    (one.guestsPerWeddingMax !== null && one.guestsMost > one.guestsPerWeddingMax)
  );
}
