import type { GuestSide } from '@wedsync/contracts/guest-fields';
import { foldHeader } from './fold.ts';

const bothWords = /^(both|couple|joint|mutual|beide|les deux|ambos|entrambi|both sides|shared)$/;
const brideWords =
  /^(bride|brides|bride s|bride side|bride s side|braut|brautseite|mariee|la mariee|novia|sposa|noiva|bruid|b|her|hers|partner a|partner_a|a)$/;
const groomWords =
  /^(groom|grooms|groom s|groom side|groom s side|brautigam|marie|le marie|novio|sposo|noivo|bruidegom|g|his|him|partner b|partner_b)$/;

/**
 * Whose guest somebody is. The couple's own names win; otherwise a bride is the first partner and a
 * groom the second. Null when the cell says neither.
 */
export function recogniseSide(cell: string, partners?: { a: string; b: string }): GuestSide | null {
  const folded = foldHeader(cell).replace(/ (s )?(side|family|friends?|guests?)$/, '');
  if (folded === '') return null;
  if (bothWords.test(folded)) return 'both';
  const names = (name: string | undefined) => foldHeader(name ?? '');
  const matches = (name: string) =>
    name !== '' &&
    (folded === name || folded === name.split(' ')[0] || folded === `${name.split(' ')[0]} s`);
  if (matches(names(partners?.a))) return 'partner_a';
  if (matches(names(partners?.b))) return 'partner_b';
  if (brideWords.test(folded)) return 'partner_a';
  return groomWords.test(folded) ? 'partner_b' : null;
}
