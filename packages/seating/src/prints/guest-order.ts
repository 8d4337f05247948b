import { knownLocale } from './locale.ts';
import type { PrintGuest } from './print-scene.ts';

type Named = Pick<PrintGuest, 'firstName' | 'lastName'>;

/** By last name, then first name, in the order of the wedding's language. */
export function guestOrder(locale: string): (one: Named, other: Named) => number {
  const { compare } = new Intl.Collator(knownLocale(locale), { numeric: true });
  const key = ({ firstName, lastName }: Named) => lastName || firstName;
  return (one, other) => compare(key(one), key(other)) || compare(one.firstName, other.firstName);
}

/**
 * The letter under which a name stands in a list: Å is a letter of its own in Swedish and an A in
 * German. Names that begin with no letter stand under "#".
 */
export function headingLetters(locale: string): (guest: Named) => string {
  const { compare } = new Intl.Collator(knownLocale(locale), { sensitivity: 'base' });
  return ({ firstName, lastName }) => {
    const [letter = ''] = (lastName || firstName)
      .normalize('NFKC')
      .toLocaleUpperCase(knownLocale(locale));
    if (!/\p{L}/u.test(letter)) return '#';
    const [plain = ''] = letter.normalize('NFD');
    return compare(letter, plain) === 0 ? plain : letter;
  };
}
