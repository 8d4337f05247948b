import type { Answer } from '@wedsync/contracts/guest-fields';
import { StatusDot } from '@wedsync/ui/status-dot';
import { answerTones, answerWords } from './words.ts';

/** An answer by shape, colour and words; `undefined` means not invited. */
export function AnswerMark({ answer }: { answer: Answer | null | undefined }) {
  if (answer === undefined) return <span className="text-ink-faint">Not invited</span>;
  const key = answer ?? 'outstanding';
  return <StatusDot tone={answerTones[key]}>{answerWords[key]}</StatusDot>;
}
