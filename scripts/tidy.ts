import { readRepository } from './repository.ts';
import { tidyRules } from './tidy-rules.ts';

/**
 * The rules of the house that no off-the-shelf linter knows: sizes, names, who writes which table,
 * permission and audit in every write verb, words that do not belong, docs that cite live paths.
 * @returns one line per finding, `path: what is wrong and what to do`
 */
export async function tidy(root: string): Promise<string[]> {
  const repository = readRepository(root);
  return tidyRules.flatMap((rule) => rule(repository));
}
