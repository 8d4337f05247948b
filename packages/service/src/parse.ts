import { DomainError } from '@wedsync/contracts/errors';
import type { z } from 'zod';

/** Where a value is wrong and why, in words for the person who typed it. */
export interface InputIssue {
  path: string;
  message: string;
}

/**
 * Parses what came from outside.
 * @throws DomainError `invalid` `service.invalid-input` with `details.issues: InputIssue[]`
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issues: InputIssue[] = result.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.message,
  }));
  const [first] = issues;
  throw new DomainError(
    'invalid',
    'service.invalid-input',
    first ? `${first.path ? `${first.path}: ` : ''}${first.message}` : 'Some values are not valid.',
    { issues },
  );
}
