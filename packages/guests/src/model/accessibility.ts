import type { AccessibilityNeed } from '@wedsync/contracts/guest-fields';
import { foldAccents } from './fold.ts';

/** Words for each need, folded, in the seven import languages. */
const needWords: readonly (readonly [AccessibilityNeed, RegExp])[] = [
  [
    'wheelchair',
    /\b(wheel ?chair|rollstuhl\w*|fauteuil roulant|silla de ruedas|sedia a rotelle|carrozzina|cadeira de rodas|rolstoel\w*)\b/,
  ],
  [
    'step-free',
    /\b(step[- ]free|no (stairs|steps)|cannot (climb|manage|do) (stairs|steps)|can'?t (climb|manage|do) (stairs|steps)|limited mobility|reduced mobility|walking (stick|frame)|walker|rollator|crutches|gehbehindert|barrierefrei|keine treppen|stufenlos|mobilite reduite|pmr|sans escalier|movilidad reducida|sin escaleras|mobilita ridotta|senza scale|mobilidade reduzida|sem escadas|slecht ter been|geen trap\w*)\b/,
  ],
  [
    'seat-near-exit',
    /\b(near (the )?(exit|door|toilets?)|nahe (am )?(ausgang|tur)|pres de la sortie|cerca de la salida|vicino all'uscita|perto da saida|bij de uitgang)\b/,
  ],
  [
    'hearing',
    /\b(hearing( loss| aid| impaired)?|hard of hearing|deaf|horgerat|schwerhorig|gehorlos|taub|malentendant\w*|sourde?|sord[ao]|ipoacusic[ao]|surd[ao]|slechthorend|doof)\b/,
  ],
  [
    'visual',
    /\b(blind|visually impaired|partially sighted|low vision|sehbehindert|aveugle|malvoyant\w*|cieg[ao]|ceg[ao]|ciec[ao]|non vedente|slechtziend)\b/,
  ],
  [
    'sign-language',
    /\b(sign language|bsl|asl|gebardensprache|langue des signes|lengua de signos|lingua dei segni|lingua gestual|gebarentaal)\b/,
  ],
  [
    'assistance-dog',
    /\b((assistance|guide|service) dog|blindenhund|assistenzhund|chien guide|perro guia|cane guida|cao guia|geleidehond|hulphond)\b/,
  ],
  [
    'quiet-place',
    /\b(quiet (place|room|seat|table)|autis\w*|sensory|ruhiger platz|calme|tranquil[ao]|rustige plek)\b/,
  ],
  [
    'parking',
    /\b(disabled parking|blue badge|parking space|needs parking|behindertenparkplatz|parkplatz|place de parking|aparcamiento|parcheggio|estacionamento|parkeerplaats)\b/,
  ],
  [
    'high-chair',
    /\b(high ?chair|hochstuhl|kinderhochstuhl|chaise haute|trona|seggiolone|cadeira alta|kinderstoel)\b/,
  ],
];

const nothing =
  /^(no|none|n\/?a|-|nein|keine?|non|aucune?|no hay|ninguna|nessuna|nao|nenhuma|nee|geen)$/;

export interface RecognisedNeeds {
  needs: AccessibilityNeed[];
  /** The person's own words, where they say more than the list. */
  notes: string;
}

/** Needs in free text; a text that only names them leaves no note. */
export function recogniseNeeds(cell: string): RecognisedNeeds {
  const folded = foldAccents(cell).trim();
  if (folded === '' || nothing.test(folded)) return { needs: [], notes: '' };
  const needs = needWords.filter(([, pattern]) => pattern.test(folded)).map(([need]) => need);
  let rest = folded;
  for (const [, pattern] of needWords) rest = rest.replace(pattern, '');
  const plain =
    needs.length > 0 &&
    rest.replace(/[^a-z]+/g, '').replace(/^(user|and|und|et|needs?)+$/, '') === '';
  return { needs, notes: plain ? '' : cell.trim() };
}
