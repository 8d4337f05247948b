import type { ConstraintMessages } from '../constraint-messages.ts';

export const communicationsConstraints: ConstraintMessages = {};
