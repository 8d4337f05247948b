import { readFileSync } from 'node:fs';
import { type CharacterMap, readCharacterMap } from './character-map.ts';

/**
 * The DejaVu fonts: Latin with all its accents, Greek, Cyrillic, Armenian, Georgian, Hebrew and
 * Arabic. They hold no Chinese, Japanese, Korean, Thai or Indic letters and no emoji; what they do
 * not hold is marked (`NameNote`).
 */
const files = {
  sans: 'DejaVuSansCondensed',
  'sans-bold': 'DejaVuSansCondensed-Bold',
  serif: 'DejaVuSerif',
  'serif-bold': 'DejaVuSerif-Bold',
  'serif-italic': 'DejaVuSerif-Italic',
} as const;
export type Face = keyof typeof files;

/** The serif faces hold less: Hebrew and Arabic are taken from their neighbour. */
const fallback: Readonly<Record<Face, Face>> = {
  sans: 'sans',
  'sans-bold': 'sans-bold',
  serif: 'sans',
  'serif-bold': 'sans-bold',
  'serif-italic': 'sans',
};

interface LoadedFont {
  data: Buffer;
  characters: CharacterMap;
}
const fontPackage = import.meta.resolve('dejavu-fonts-ttf/package.json');
const loaded = new Map<Face, LoadedFont>();

/** A font, read once for the life of the process (0.3 to 0.7 MB each). */
export function loadFont(face: Face): LoadedFont {
  const known = loaded.get(face);
  if (known) return known;
  const data = readFileSync(new URL(`ttf/${files[face]}.ttf`, fontPackage));
  const font = { data, characters: readCharacterMap(data) };
  loaded.set(face, font);
  return font;
}

const holds = (face: Face, text: string) => {
  const { characters } = loadFont(face);
  return [...text].every((character) => characters.has(character.codePointAt(0) ?? 0));
};

/** The face that shows a text: the wanted one where it can. */
export const faceFor = (wanted: Face, text: string): Face =>
  holds(wanted, text) ? wanted : fallback[wanted];

/** True where every print can show the character, in whatever face. */
export const canPrint = (character: string): boolean => holds('sans', character);
