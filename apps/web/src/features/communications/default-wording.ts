import type { MessageKind } from '@wedsync/contracts/communications';

interface Wording {
  subject: string;
  body: string;
}

/** A wording to start from; the planner changes it into the couple's own. */
export const defaultWording: Record<MessageKind, Wording> = {
  save_the_date: {
    subject: 'Save the date: {{ couple_names }}',
    body: 'Dear {{ names }},\n\nwe are getting married on {{ wedding_date }} and would love to have you there. Please keep the day free. The invitation follows.\n\n{{ couple_names }}',
  },
  invitation: {
    subject: '{{ couple_names }}: your invitation',
    body: 'Dear {{ names }},\n\nwe are getting married and would love to celebrate with you.\n\n{{ events }}\n\nPlease tell us by {{ rsvp_deadline }} whether you can come:\n{{ rsvp_link }}\n\n{{ couple_names }}',
  },
  reminder: {
    subject: 'Can you come? {{ couple_names }}',
    body: 'Dear {{ names }},\n\nwe have not heard from you yet. Please tell us by {{ rsvp_deadline }} whether you can come, so that there is a place for you:\n{{ rsvp_link }}\n\n{{ couple_names }}',
  },
  thank_you: {
    subject: 'Thank you from {{ couple_names }}',
    body: 'Dear {{ names }},\n\nthank you for celebrating with us.\n\n{{ couple_names }}',
  },
  other: { subject: '', body: 'Dear {{ names }},\n\n' },
};
