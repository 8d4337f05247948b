import type { Diet, DietCode } from '@wedsync/contracts/guest-import';
import {
  allergens,
  avoidAfter,
  avoidBefore,
  coeliac,
  dangerWords,
  dietStyles,
  nothingSpecial,
} from './diet-words.ts';
import { foldAccents, foldHeader } from './fold.ts';

/** Where a text stands: an allergy column needs no word such as “allergic”, notes need one. */
export type DietSource = 'diet' | 'allergy' | 'notes';

export interface RecognisedDiets {
  diets: Diet[];
  /** The clauses in which something was found, in the person's own words. */
  note: string;
}

/** Allergens that are dangerous often enough that a bare mention is taken seriously. */
const dangerousUnqualified: ReadonlySet<DietCode> = new Set<DietCode>([
  'nuts',
  'peanuts',
  'shellfish',
  'sesame',
  'lupin',
]);

const negatedStyle = /\b(not|no|non|nicht|kein\w*|pas|niet|geen)\s+(a\s+|an\s+)?$/;

function stylesIn(clause: string): Diet[] {
  const found: Diet[] = [];
  for (const [code, pattern] of dietStyles) {
    for (const match of clause.matchAll(pattern)) {
      if (negatedStyle.test(clause.slice(0, match.index))) continue;
      found.push({ code, severity: 'preference' });
    }
  }
  return found;
}

function allergensIn(clause: string, source: DietSource): Diet[] {
  const found: Diet[] = [];
  const danger = dangerWords.test(clause);
  for (const { code, pattern, context } of allergens) {
    for (const match of clause.matchAll(pattern)) {
      const after = clause.slice(match.index + match[0].length);
      const part =
        clause
          .slice(0, match.index)
          .split(/,|\band\b|\bund\b|\bet\b|\by\b|\bbut\b/)
          .at(-1) ?? '';
      const avoided =
        avoidBefore.test(clause.slice(0, match.index)) ||
        avoidAfter.test(after) ||
        /(frei|free|vrij|los)$/.test(match[0]) ||
        match[0] === 'gf' ||
        match[0] === 'df';
      const wishOnly = avoidBefore.test(part) && !dangerWords.test(part) && !avoidAfter.test(after);
      const needsContext = source === 'notes' || (source === 'diet' && context);
      if (needsContext && !avoided && !danger) continue;
      const asAllergy =
        (danger && !wishOnly) || source === 'allergy' || dangerousUnqualified.has(code);
      found.push({ code, severity: asAllergy ? 'allergy' : 'preference' });
    }
  }
  if (coeliac.test(clause)) found.push({ code: 'gluten', severity: 'allergy' });
  return found;
}

/** One entry per code, in a fixed order; of two severities the graver one. */
export function mergeDiets(diets: readonly Diet[]): Diet[] {
  const byCode = new Map<DietCode, Diet>();
  for (const diet of diets) {
    if (byCode.get(diet.code)?.severity !== 'allergy') byCode.set(diet.code, diet);
  }
  return [...byCode.values()].sort((a, b) => a.code.localeCompare(b.code));
}

/** A cell that says no more than the codes do: `vegan`, `Gluten-free`, `nuts (allergy)`. */
const isPlain = (folded: string) =>
  /^[a-z]+(-?\s?(free|frei|vrij|allergy|allergie|intolerant))?$/.test(folded);

/** True when the cell says that there is nothing to note: `none`, `eats everything`. */
export function saysNoDiet(cell: string): boolean {
  return nothingSpecial.test(foldHeader(cell));
}

/**
 * Diets and allergies in free text. Errs on the side of danger: nuts, peanuts, shellfish, sesame and
 * lupin count as allergies even without the word, coeliac disease as a gluten allergy.
 */
export function recogniseDiets(cell: string, source: DietSource): RecognisedDiets {
  const diets: Diet[] = [];
  const clauses: string[] = [];
  if (cell.trim() === '' || saysNoDiet(cell)) return { diets, note: '' };
  for (const clause of cell.split(/[.;\n|]+/)) {
    const folded = foldAccents(clause).trim();
    if (folded === '' || nothingSpecial.test(foldHeader(clause))) continue;
    const found = [...stylesIn(folded), ...allergensIn(folded, source)];
    diets.push(...found);
    if (source !== 'notes' || found.length > 0) clauses.push(clause.trim());
  }
  const merged = mergeDiets(diets);
  const plain = merged.length > 0 && clauses.every((clause) => isPlain(foldAccents(clause)));
  return { diets: merged, note: plain ? '' : clauses.join('; ') };
}
