import type { ConstraintMessages } from '../constraint-messages.ts';

export const communicationsConstraints: ConstraintMessages = {
  message_templates_name_uq: {
    kind: 'conflict',
    code: 'communications.template-name-taken',
    message: 'Another template already has this name. Choose a different one.',
  },
  reminder_rules_name_uq: {
    kind: 'conflict',
    code: 'communications.rule-name-taken',
    message: 'Another rule already has this name. Choose a different one.',
  },
  reminder_rules_template_id_fk: {
    kind: 'not-found',
    code: 'communications.no-template',
    message: 'The template is gone. Choose another one for this rule.',
  },
  reminder_rules_event_id_fk: {
    kind: 'not-found',
    code: 'communications.no-event',
    message: 'The event is gone. Choose another one to count from.',
  },
  messages_template_id_fk: {
    kind: 'not-found',
    code: 'communications.no-template',
    message: 'The template was removed meanwhile. Your text is kept; save without the template.',
  },
  message_wordings_are_frozen: {
    kind: 'precondition',
    code: 'communications.not-a-draft',
    message: 'This message is no draft any more, so its wording is fixed. Write a new message.',
  },
  messages_sent_is_complete: {
    kind: 'bug',
    code: 'communications.unfinished',
    message: 'The message still has guests who were not decided about.',
  },
  message_occurrences_pk: {
    kind: 'conflict',
    code: 'communications.rule-has-run',
    message: 'This rule has already made its message for that day.',
  },
  deliveries_only_climb: {
    kind: 'precondition',
    code: 'communications.already-sent',
    message: 'This e-mail was sent; that cannot be taken back.',
  },
};
