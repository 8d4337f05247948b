import {
  type Candidate,
  compareCandidates,
  type Likeness,
  type Prepared,
  prepare,
  proposalScore,
} from './duplicate-score.ts';
import { fullForms } from './given-names.ts';
import { soundKey } from './transliterate.ts';

export interface DuplicatePair extends Likeness {
  left: number;
  right: number;
}

/**
 * Entries compared within one block. Blocks beyond it hold names so common that only the contact
 * blocks can tell; it bounds the work at entries × keys × this.
 */
const blockMax = 40;

const firstWord = (text: string) => text.split(' ')[0] ?? '';

/**
 * Keys under which likely pairs meet, so that 2,000 × 2,000 entries need a few comparisons each
 * (Christen 2012, "Data Matching", ch. 4): contact; surname by sound and initial; given name by
 * sound and either end of the surname; both names in any order.
 */
function blockKeys(entry: Prepared): string[] {
  const keys: string[] = [];
  for (const email of entry.source.emails) keys.push(`e${email}`);
  for (const phone of entry.source.phones) keys.push(`p${phone}`);
  if (entry.first === '') return keys;
  const given = firstWord(entry.first);
  const forms = new Set([given, ...fullForms(given)].map(soundKey));
  const surnames = new Set(
    [entry.last, ...entry.last.split(' ').filter((word) => word.length > 2)].map(soundKey),
  );
  for (const surname of surnames) {
    for (const form of forms) {
      keys.push(`l${surname}|${form.slice(0, 1)}`);
      keys.push(`f${form}|${surname.slice(0, 2)}`, `g${form}|${surname.slice(-3)}`);
    }
  }
  // In the order of the alphabet, so that swapped names meet.
  for (const form of forms) keys.push(`s${[form, soundKey(entry.last)].sort().join('|')}`);
  keys.push(`s${[soundKey(given), soundKey(firstWord(entry.last))].sort().join('|')}`);
  return [...new Set(keys)];
}

function indexBlocks(keysOf: readonly (readonly string[])[]): Map<string, number[]> {
  const blocks = new Map<string, number[]>();
  keysOf.forEach((keys, index) => {
    for (const key of keys) {
      const block = blocks.get(key);
      if (block === undefined) blocks.set(key, [index]);
      else if (block.length < blockMax) block.push(index);
    }
  });
  return blocks;
}

/**
 * Pairs that look like one person, best first. With one list its entries are compared among
 * themselves; with two, each of the first with each of the second. Entries without a given name are
 * left out: `Mrs Smith` may be any of the Smiths.
 * @param scoreMin pairs below are not returned.
 */
export function findDuplicates(
  left: readonly Candidate[],
  right: readonly Candidate[] | null = null,
  scoreMin: number = proposalScore,
): DuplicatePair[] {
  const leftPrepared = left.map(prepare);
  const rightPrepared = right?.map(prepare) ?? leftPrepared;
  const leftKeys = leftPrepared.map(blockKeys);
  const blocks = indexBlocks(right === null ? leftKeys : rightPrepared.map(blockKeys));
  const pairs: DuplicatePair[] = [];
  leftPrepared.forEach((entry, index) => {
    const met = new Set<number>();
    for (const key of leftKeys[index] ?? [])
      for (const other of blocks.get(key) ?? []) met.add(other);
    for (const other of met) {
      if (right === null && other <= index) continue;
      const candidate = rightPrepared[other];
      if (!candidate) continue;
      const likeness = compareCandidates(entry, candidate);
      if (likeness.score >= scoreMin) pairs.push({ left: index, right: other, ...likeness });
    }
  });
  return pairs.sort((a, b) => b.score - a.score || a.left - b.left || a.right - b.right);
}
