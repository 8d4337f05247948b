import type { Answer } from '@wedsync/contracts/guest-fields';
import { foldHeader } from '../fold.ts';

const words = (list: string) => new Set(list.split(/[|\s]*\|[|\s]*|\n/).map((word) => word.trim()));

const yesWords = words(
  `yes|y|true|1|x|xx|ok|invited|invite|allowed|ja|j|wahr|eingeladen|oui|o|vrai|si|s|verdadero|vero|sim|verdadeiro|waar|both|v|done`,
);
const noWords = words(
  `no|n|false|0|not invited|none|nein|falsch|nicht eingeladen|non|faux|falso|nao|nee|onwaar|never`,
);
const acceptWords = words(
  `attending|accepted|accept|accepts|accepted with pleasure|will attend|coming|is coming|confirmed|going|joyfully accepts|zugesagt|zusage|kommt|dabei|present|presente|presents|accepte|vient|confirme|participe|confirmado|confirmada|asiste|asistira|viene|confermato|confermata|partecipa|vem|vai|aanwezig|komt|bevestigd|in`,
);
const declineWords = words(
  `not attending|declined|decline|declines|regretfully declines|regrets|will not attend|not coming|can t come|cannot come|can t make it|cannot attend|unable to attend|abgesagt|absage|kommt nicht|absent|refuse|decline avec regret|ne vient pas|rechaza|rechazado|no asiste|no asistira|no viene|rifiutato|declinato|non viene|non partecipa|recusado|nao vem|nao vai|ausente|afwezig|komt niet|afgezegd|out`,
);
const unsureWords = words(
  `maybe|unsure|not sure|tentative|perhaps|possibly|tbc|vielleicht|unsicher|evtl|eventuell|peut etre|incertain|quiza|quizas|tal vez|forse|talvez|misschien|onzeker`,
);
const pendingWords = words(
  `pending|no response|no reply|not replied|awaiting|awaiting reply|awaiting response|invited no reply|not yet|open|offen|ausstehend|en attente|sans reponse|pendiente|sin respuesta|in attesa|pendente|sem resposta|in afwachting|geen reactie|tbd|noch offen`,
);

/** `✓` and friends say yes before folding throws them away; a lone dash or cross says no. */
function mark(cell: string): boolean | null {
  const text = cell.trim();
  if (/^[✓✔☑✅👍]\ufe0f?$/u.test(text)) return true;
  if (/^[✗✘☒❌–—-]\ufe0f?$/u.test(text)) return false;
  return null;
}

/** Yes or no in seven languages, ticks and crosses; null when the cell is blank or says neither. */
export function parseYesNo(cell: string): boolean | null {
  const marked = mark(cell);
  if (marked !== null) return marked;
  const folded = foldHeader(cell);
  if (yesWords.has(folded)) return true;
  if (noWords.has(folded)) return false;
  return null;
}

/** What a guest answered: `pending` = asked and not answered; null = not an answer. */
export function parseAnswer(cell: string): Answer | 'pending' | null {
  if (cell.trim() === '?') return 'unsure';
  const folded = foldHeader(cell);
  if (acceptWords.has(folded)) return 'yes';
  if (declineWords.has(folded)) return 'no';
  if (unsureWords.has(folded)) return 'unsure';
  if (pendingWords.has(folded)) return 'pending';
  const plain = parseYesNo(cell);
  if (plain === null) return null;
  return plain ? 'yes' : 'no';
}

/** True for cells that can only be answers, never "is invited" marks. */
export function isAnswerOnly(cell: string): boolean {
  const folded = foldHeader(cell);
  return (
    acceptWords.has(folded) ||
    declineWords.has(folded) ||
    unsureWords.has(folded) ||
    pendingWords.has(folded)
  );
}

export const looksLikeEmail = (cell: string): boolean =>
  /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]{2,}/.test(cell) || /<[^\s@]+@[^\s@]+>/.test(cell);

/** Seven or more digits with nothing but phone punctuation between, and not a date. */
export function looksLikePhone(cell: string): boolean {
  const text = cell.trim();
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) || /^\d{1,2}[./]\d{1,2}[./]\d{2,4}$/.test(text))
    return false;
  const digits = text.replace(/\D/g, '').length;
  return digits >= 7 && digits <= 30 && /^[+()\d\s./\-–extEXTmobhwtel:;,]+$/i.test(text);
}
