import { foldHeader } from './fold.ts';

const companionWord =
  '(?:guests?|plus[- ]?one|plus[- ]?1|partner|date|companion|escort|spouse|one|begleitung|begleitperson|gast|accompagnant[e]?|invit[eé]e?|conjoint[e]?|acompa[nñ]ante|pareja|accompagnatore|accompagnatrice|ospite|acompanhante|introduc[eé]e?)';
const childWord =
  '(?:kids?|child(?:ren)?|bab(?:y|ies)|kind(?:er)?|enfants?|ni[nñ]os?|hijos?|bambin[oi]|figli|crian[cç]as?|filhos?|kinderen|infants?|toddlers?)';
const joiner =
  '(?:\\+|&|,|\\band\\b|\\bplus\\b|\\bwith\\b|\\bund\\b|\\bmit\\b|\\bet\\b|\\bavec\\b|\\by\\b|\\bcon\\b|\\be\\b|\\bcom\\b|\\ben\\b|\\bmet\\b)';
const determiner =
  '(?:an?|his|her|their|ein[er]?|seine?|ihre?|un[ea]?|son|sa|su|um[a]?|een|zijn|haar)?';

const plusCount =
  /[\s(]*\+\s*(\d{1,3})\s*(?:guests?|people|personen|pax|personnes|personas|persone|pessoas)?\s*\)?\s*$/i;
const plusWord = new RegExp(
  `[\\s(]*${joiner}\\s*${determiner}\\s*(\\d{1,2})?\\s*${companionWord}\\s*\\)?\\s*$`,
  'iu',
);
const plusBare = /[\s(]+\+\s*\)?\s*$/;
const plusChildren = new RegExp(
  `[\\s(]*${joiner}\\s*${determiner}\\s*(\\d{1,2})?\\s*${childWord}\\s*\\)?\\s*$`,
  'iu',
);
/** `Guest of John Smith`: a companion said by whom. */
export const namedCompanion = new RegExp(`^${companionWord}\\s*(?:of|von|de|di|van)\\s+`, 'iu');

const andFamily =
  /\s*(?:&|\+|\band|\bund|\bet|\by|\be|\ben)\s+(?:family|familie|famille|familia|famiglia|família|gezin)\s*$/iu;

const placeholderWords =
  /^(tb[acd]|\?+|unknown|unnamed|n n|nn|name unknown|no name|guest( \d+)?|plus ?(one|1)|guest name|partner|date|companion|begleitung|begleitperson|accompagnant|invite|acompanante|accompagnatore|acompanhante|introducee|gast|unbekannt|inconnu|desconocido|sconosciuto|onbekend|to be (announced|confirmed|named)|\d{1,2})$/;

/** `Guest`, `TBC`, `+1`, `?`: a place kept for someone whose name is not known yet. */
export function isPlaceholderName(cell: string): boolean {
  const text = cell.trim();
  return (
    /^\+\s*\d{0,2}$|^\?+$/.test(text) ||
    placeholderWords.test(foldHeader(text)) ||
    namedCompanion.test(text)
  );
}

/** A name cell without its companions, and how many those are. */
export interface Companions {
  text: string;
  plusOnes: number;
  children: number;
  remarks: string[];
}

/** Takes `+2`, `and guest`, `& 2 kids`, `x3`, `& family` off the end of a name cell. */
export function takeCompanions(text: string): Companions {
  let rest = text;
  let plusOnes = 0;
  let children = 0;
  const remarks: string[] = [];
  const family = andFamily.exec(rest);
  if (family && family.index > 0) {
    remarks.push(family[0].trim());
    rest = rest.slice(0, family.index).trim();
  }
  const times = /\s*[(]?[x×]\s*(\d{1,2})[)]?$/i.exec(rest);
  if (times && times.index > 0) {
    plusOnes += Math.max(0, Number(times[1]) - 1);
    rest = rest.slice(0, times.index).trim();
  }
  for (let round = 0; round < 4; round++) {
    const count = plusCount.exec(rest);
    const kids = count ? null : plusChildren.exec(rest);
    const word = count || kids ? null : plusWord.exec(rest);
    const bare = count || kids || word ? null : plusBare.exec(rest);
    const match = count ?? kids ?? word ?? bare;
    if (!match || match.index === 0) break;
    const number = match[1] === undefined ? 1 : Number(match[1]);
    if (kids) children += number;
    else plusOnes += number;
    rest = rest.slice(0, match.index).trim();
  }
  return { text: rest, plusOnes, children, remarks };
}
