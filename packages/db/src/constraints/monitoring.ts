import type { ConstraintMessages } from '../constraint-messages.ts';

export const monitoringConstraints: ConstraintMessages = {
  users_own_access_ck: {
    kind: 'precondition',
    code: 'monitoring.own-account',
    message: 'You cannot take away your own access. Ask another operator to do it.',
  },
};
