import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

export interface ReadPhones {
  /** E.164. */
  phones: string[];
  /** Pieces that are no phone number, as they stand in the cell. */
  invalid: string[];
  /** Numbers of a possible length that no operator has been given, as E.164. */
  doubtful: string[];
}

/** ISO 3166-1 alpha-2 → a country of the phone metadata, or none. */
const countryOf = (code: string): CountryCode | undefined => {
  const upper = code.toUpperCase();
  return isSupportedCountry(upper) ? upper : undefined;
};

interface Reading {
  e164: string;
  valid: boolean;
}

/** Reads one number; `0049…` is international everywhere, also where the local prefix differs. */
function readOne(text: string, country: CountryCode | undefined): Reading | null {
  let bare = text
    .replace(/\s*(ext|extension|x|durchwahl|poste)\.?\s*\d+\s*$/i, '')
    .replace(/[^\d+]/g, (letter) => (/[()\s./\-–]/.test(letter) ? ' ' : ''))
    .trim();
  if (/^0 ?0(?=[1-9])/.test(bare)) bare = bare.replace(/^0 ?0/, '+');
  // `+44 (0) 20 …`: the zero in brackets is dialled only inside the country.
  bare = bare.replace(/^(\+\d{1,3})\s+0\s+/, (whole, code: string) =>
    /\(0\)/.test(text) ? `${code} ` : whole,
  );
  const parsed = parsePhoneNumberFromString(bare, country);
  if (parsed?.isValid()) return { e164: parsed.number, valid: true };
  // A spreadsheet that took the number for a quantity has dropped its plus sign or its zero.
  if (/^\d{8,15}$/.test(bare.replace(/ /g, ''))) {
    const digits = bare.replace(/ /g, '');
    for (const guess of [`+${digits}`, `0${digits}`]) {
      const again = parsePhoneNumberFromString(guess, country);
      if (again?.isValid()) return { e164: again.number, valid: true };
    }
  }
  return parsed?.isPossible() ? { e164: parsed.number, valid: false } : null;
}

const label =
  /^\s*(m|h|w|t|p|c|mob|mobile|mobil|cell|home|work|office|tel|telefon|phone|ph|handy|privat|portable|fixe|movil|casa|gsm|whatsapp)\.?\s*[:.)-]?\s*(?=[+(\d])/i;

/**
 * Numbers of a cell in E.164. A number without country code is read as one of `defaultCountry`.
 * Separators between several numbers: semicolon, comma, newline, `or`, and a slash between two parts
 * that are each long enough (`030/123456` stays one number).
 */
export function readPhones(cell: string, defaultCountry: string): ReadPhones {
  const result: ReadPhones = { phones: [], invalid: [], doubtful: [] };
  const country = countryOf(defaultCountry);
  const pieces = cell
    .split(
      /[;,\n|]+|\s+(?:or|oder|ou|o|of|and|und|et|y|e|en|&)\s+|\s+\/\s+|(?<=\d)\s*\/\s*(?=\+|00)|(?<=\d{7,})\s*\/\s*(?=\d{7,})|(?<=\d) {2,}(?=\+)|(?<=\d{5,}) (?=\+)/i,
    )
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  for (const piece of pieces) {
    const text = piece
      .replace(/\((?:home|work|mobile|mob|cell|m|h|w|privat|handy)\)/gi, '')
      .replace(label, '')
      .replace(/[^\d)]*$/, '');
    const reading = /\d{3}/.test(text.replace(/\D/g, '')) ? readOne(text, country) : null;
    if (!reading) result.invalid.push(piece);
    else if (!result.phones.includes(reading.e164)) {
      result.phones.push(reading.e164);
      if (!reading.valid) result.doubtful.push(reading.e164);
    }
  }
  return result;
}
