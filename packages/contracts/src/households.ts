import { z } from 'zod';
import { textBlock, textLine, Version } from './guest-fields.ts';
import { HouseholdId } from './ids.ts';
import { pageInput } from './paging.ts';

export interface Household {
  id: HouseholdId;
  name: string;
  street: string;
  postalCode: string;
  city: string;
  region: string;
  country: string;
  notes: string;
  /** Whether a link was handed out and still works. */
  hasLink: boolean;
  guests: number;
  version: number;
}

/** Ordered by age of the entry. Answers `Page<Household>`. */
export const ListHouseholds = z.object(pageInput);
export type ListHouseholds = z.input<typeof ListHouseholds>;
export const GetHousehold = z.object({ householdId: HouseholdId });
export type GetHousehold = z.input<typeof GetHousehold>;

export const HouseholdFields = z
  .object({
    name: textLine(200),
    street: textLine(300),
    postalCode: textLine(40),
    city: textLine(120),
    region: textLine(120),
    country: textLine(120),
    notes: textBlock(4000),
  })
  .partial();
export type HouseholdFields = z.input<typeof HouseholdFields>;

/** Answers the `Household`. */
export const CreateHousehold = HouseholdFields;
export type CreateHousehold = z.input<typeof CreateHousehold>;
/** Answers the `Household`; a stale `version` is a conflict with `details.current`. */
export const UpdateHousehold = z.object({
  householdId: HouseholdId,
  version: Version,
  patch: HouseholdFields,
});
export type UpdateHousehold = z.input<typeof UpdateHousehold>;
/** Removes the household and its guests. Answers `{ removalId, removed }`, for `guests.restore`. */
export const RemoveHousehold = z.object({ householdId: HouseholdId });
export type RemoveHousehold = z.input<typeof RemoveHousehold>;

/** Answers `{ token }`, the secret part of the household's link `/r/<token>`. */
export const IssueHouseholdLink = z.object({ householdId: HouseholdId });
export type IssueHouseholdLink = z.input<typeof IssueHouseholdLink>;
/** Every earlier link of the household stops working at once; the next one is made when issued. */
export const RevokeHouseholdLink = z.object({ householdId: HouseholdId });
export type RevokeHouseholdLink = z.input<typeof RevokeHouseholdLink>;
