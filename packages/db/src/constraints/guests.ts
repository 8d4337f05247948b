import type { ConstraintMessages } from '../constraint-messages.ts';

export const guestsConstraints: ConstraintMessages = {};
