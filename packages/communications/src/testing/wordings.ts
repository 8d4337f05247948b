import type { Wording } from '@wedsync/contracts/communications-templates';

/** What a message or template needs to be worded in English, as an e-mail of plain text. */
export function worded(fields: Partial<Pick<Wording, 'subject' | 'body'>> = {}) {
  const { subject = 'Hello {{ names }}', body = 'Dear {{ names }}' } = fields;
  return {
    kind: 'other' as const,
    wordings: [{ language: 'en', subject, body }],
  };
}
