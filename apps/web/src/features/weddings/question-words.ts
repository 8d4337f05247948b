import type { QuestionKind } from '@wedsync/contracts/rsvp';

export const questionKindWords: Record<QuestionKind, string> = {
  text: 'Free text',
  choice: 'One of several',
  choices: 'Some of several',
  yes_no: 'Yes or no',
  number: 'A number',
};
