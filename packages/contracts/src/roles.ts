/** Roles in a planner company; they hold for every wedding of that company. */
export const orgRoles = ['owner', 'planner', 'assistant'] as const;
export type OrgRole = (typeof orgRoles)[number];

/** Roles in one wedding, for people outside the company. */
export const weddingRoles = ['partner', 'photographer', 'viewer'] as const;
export type WeddingRole = (typeof weddingRoles)[number];

export type Role = OrgRole | WeddingRole;
