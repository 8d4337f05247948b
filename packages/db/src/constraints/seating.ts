import type { ConstraintMessages } from '../constraint-messages.ts';

export const seatingConstraints: ConstraintMessages = {
  seating_layouts_event_id_uq: {
    kind: 'conflict',
    code: 'seating.layout-exists',
    message: 'This event has a floor plan already. Reload the page to see it.',
  },
  seating_tables_label_key_uq: {
    kind: 'conflict',
    code: 'seating.label-taken',
    message: 'There is a table with this name already. Give one of the two another name.',
  },
  seating_tables_count_ck: {
    kind: 'limit',
    code: 'seating.too-many-tables',
    message: 'A room holds at most 300 tables. Remove tables that are not needed first.',
  },
  seating_fixtures_count_ck: {
    kind: 'limit',
    code: 'seating.too-many-fixtures',
    message: 'A room holds at most 300 fixtures. Remove some that are not needed first.',
  },
  seating_assignments_count_ck: {
    kind: 'limit',
    code: 'seating.too-many-guests',
    message: 'A plan seats at most 2,000 guests. Nothing was changed.',
  },
  seating_assignments_seat_id_uq: {
    kind: 'conflict',
    code: 'seating.seat-taken',
    message:
      'Somebody else was given this seat at the same moment. Look at the plan and try again.',
  },
  seating_assignments_pk: {
    kind: 'conflict',
    code: 'seating.guest-seated',
    message: 'This guest was seated by somebody else at the same moment. Look at the plan again.',
  },
  seating_assignments_guest_id_fk: {
    kind: 'precondition',
    code: 'seating.not-invited',
    message: 'Only invited guests have a seat. Invite them to this event first.',
  },
  seating_relationships_pair_uq: {
    kind: 'conflict',
    code: 'seating.relationship-exists',
    message: 'There is such a rule for these two already. Change that one instead.',
  },
  seating_relationships_self_ck: {
    kind: 'invalid',
    code: 'seating.relationship-self',
    message: 'A rule needs two different guests. Choose somebody else.',
  },
  seating_relationships_one_guest_id_fk: {
    kind: 'precondition',
    code: 'seating.side-gone',
    message: 'One of the two was removed in the meantime. Reload the list and choose again.',
  },
  seating_runs_active_uq: {
    kind: 'conflict',
    code: 'seating.run-active',
    message: 'The plan is being optimized already. Wait until that has ended, or cancel it.',
  },
};
