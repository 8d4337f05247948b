import { CheckWording, type WordingIssue } from '@wedsync/contracts/communications-templates';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { findWordingIssues } from '../compile-wordings.ts';

/** Looks at wording while it is being written: what is wrong with it is an answer, not an error. */
export async function checkWording(
  ctx: ServiceContext,
  input: CheckWording,
): Promise<{ issues: WordingIssue[] }> {
  const { wordings } = parseInput(CheckWording, input);
  requirePermission(ctx, 'communications.read');
  return { issues: await findWordingIssues(wordings) };
}
