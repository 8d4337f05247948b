import type { AgeGroup } from '@wedsync/contracts/guest-import';
import { foldHeader } from './fold.ts';

export interface Age {
  group: AgeGroup;
  years: number | null;
}

const groupWords: readonly (readonly [AgeGroup, RegExp])[] = [
  [
    'infant',
    /^(baby|babies|infant|infants|toddler|newborn|bebe|bebes|neonato|lattante|saugling|kleinkind|nourrisson|peuter|lap child)$/,
  ],
  [
    'teen',
    /^(teen|teens|teenager|teenagers|jugendlicher|jugendliche|jugend|ado|adolescent|adolescente|adolescentes|tiener|youth)$/,
  ],
  [
    'child',
    /^(child|children|kid|kids|c|minor|kind|kinder|enfant|enfants|nino|nina|ninos|menor|bambino|bambina|bambini|crianca|criancas|kinderen|boy|girl|son|daughter|junge|madchen)$/,
  ],
  [
    'adult',
    /^(adult|adults|a|grown up|erwachsen|erwachsener|erwachsene|erw|adulte|adultes|adulto|adulta|adultos|adulti|volwassene|volwassenen|senior|over 18|18)$/,
  ],
];

/** The group of an age in whole years: infants up to 2, children up to 12, teens up to 17. */
export function ageGroupOfYears(years: number): AgeGroup {
  if (years <= 2) return 'infant';
  if (years <= 12) return 'child';
  return years <= 17 ? 'teen' : 'adult';
}

const yearsUnit =
  'y|yr|yrs|yo|y o|year|years|year old|years old|j|jahre|jahr|jahre alt|ans|an|anos|ano|anni|anno|jaar';
const agePattern = new RegExp(
  `^(?:age|aged|alter|edad|eta|idade|leeftijd)? ?(\\d{1,3})(?: ?(?:${yearsUnit}))?$`,
);
const monthsPattern =
  /^(\d{1,2}) ?(?:m|mo|mos|month|months|months old|monat|monate|mois|mes|meses|mesi|maanden)$/;

/** `child`, `Kind (5)`, `7 yrs`, `18 months`, `Erwachsener` → group and years; null when no age. */
export function recogniseAgeGroup(cell: string): Age | null {
  const folded = foldHeader(cell);
  if (folded === '') return null;
  const months = monthsPattern.exec(folded);
  if (months) return { group: 'infant', years: Math.floor(Number(months[1]) / 12) };
  const years = agePattern.exec(folded);
  if (years && Number(years[1]) <= 120) {
    return { group: ageGroupOfYears(Number(years[1])), years: Number(years[1]) };
  }
  for (const [group, pattern] of groupWords)
    if (pattern.test(folded)) return { group, years: null };
  const mixed = /^(\p{L}+(?: \p{L}+)?) (\d{1,3})(?: ?\p{L}+)*$/u.exec(folded);
  const named = mixed ? recogniseAgeGroup(mixed[1] ?? '') : null;
  if (named && Number(mixed?.[2]) <= 120) return { group: named.group, years: Number(mixed?.[2]) };
  return null;
}
