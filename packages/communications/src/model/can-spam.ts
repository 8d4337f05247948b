import type { ComplianceScore } from '@wedsync/contracts/communications-control';

/** A finished e-mail and what stands behind it, as far as the law looks at it. */
export interface LegalFacts {
  purpose: ComplianceScore['purpose'];
  /** Name and address that recipients see as the sender. */
  from: { name: string; address: string };
  /** Where an answer goes. */
  replyTo: string | null;
  /** Company and postal address, one line each; empty where none is known. */
  senderAddress: string;
  subject: string;
  text: string;
  html: string;
  /** The header section of the e-mail as it leaves. */
  headers: string;
  /** Null for mail that nobody can unsubscribe from. */
  unsubscribeUrl: string | null;
  /** Addresses of the audience that are left out because they opted out or complained. */
  optedOut: number;
}

type Item = ComplianceScore['items'][number];
type Finding = { passed: boolean; evidence: string };

const address = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$/;

const headerOf = (headers: string, name: string): string | undefined =>
  new RegExp(`^${name}:((?:.*\\r?\\n[ \\t])*.*)$`, 'im').exec(headers)?.[1]?.trim();

/** 15 U.S.C. 7704(a)(1): header information must not mislead. */
function sender({ from, headers }: LegalFacts): Finding {
  const written = headerOf(headers, 'From') ?? '';
  const passed = from.name !== '' && address.test(from.address) && written.includes(from.address);
  return { passed, evidence: `From: ${from.name || '(no name)'} <${from.address}>` };
}

function reachable({ replyTo, from }: LegalFacts): Finding {
  const target = replyTo ?? from.address;
  const isDeaf = /^(?:no-?reply|do-?not-?reply)@/i.test(target);
  return {
    passed: address.test(target) && !isDeaf,
    evidence: isDeaf
      ? `Answers go to ${target}, which nobody reads. Set a reply address.`
      : `Answers go to ${target}`,
  };
}

/** 7704(a)(5)(A)(iii): a valid physical postal address of the sender. */
function postal({ senderAddress, text }: LegalFacts): Finding {
  const lines = senderAddress.split('\n').filter(Boolean);
  const [, ...place] = lines;
  const isThere =
    place.length > 0 && /\p{L}/u.test(place.join(' ')) && text.includes(place[0] ?? '');
  return {
    passed: isThere,
    evidence: isThere
      ? `In the foot: ${place.join(', ')}`
      : 'The company has no postal address. Add one in its settings.',
  };
}

/** 7704(a)(5)(A)(ii): a clear and conspicuous way to opt out. */
function visibleOptOut({ unsubscribeUrl, text, html }: LegalFacts): Finding {
  const url = unsubscribeUrl ?? '';
  const passed = url !== '' && text.includes(url) && html.includes(url.replaceAll('&', '&amp;'));
  return {
    passed,
    evidence: passed
      ? 'A link in the text and in the HTML part'
      : 'No link to unsubscribe in the foot',
  };
}

/** RFC 2369 and RFC 8058: the button of the mail program. */
function headerOptOut({ headers }: LegalFacts): Finding {
  const list = headerOf(headers, 'List-Unsubscribe');
  const post = headerOf(headers, 'List-Unsubscribe-Post');
  const passed = /^<https:\/\//.test(list ?? '') && post === 'List-Unsubscribe=One-Click';
  const lacking = list
    ? 'List-Unsubscribe is there, but not one-click over https'
    : 'No List-Unsubscribe header';
  return { passed, evidence: passed ? 'List-Unsubscribe with one-click (RFC 8058)' : lacking };
}

/** 7704(a)(3)(A)(ii), (4)(A): honoured within ten days, and the way open for thirty. */
function honoured({ unsubscribeUrl, optedOut }: LegalFacts): Finding {
  return {
    passed: unsubscribeUrl !== null,
    evidence: `Opting out works at once and for ever; ${optedOut} of this audience did and are left out`,
  };
}

const advertised =
  /\b(?:advert(?:isement)?|promotion|sponsored|anzeige|werbung|publicit[ée]|publicidad|publicidade|pubblicità)\b/iu;

/** 7704(a)(5)(A)(i): a commercial message says that it is one. */
function identified({ purpose, subject, text }: LegalFacts): Finding {
  if (purpose === 'relationship') {
    return { passed: true, evidence: 'Not asked of a message from a couple to its guests' };
  }
  const found = advertised.exec(`${subject}\n${text}`)?.[0];
  return {
    passed: found !== undefined,
    evidence: found ? `It says "${found}"` : 'Nothing says that this is an advertisement',
  };
}

/** 7704(a)(2): a subject that does not mislead; a machine can only look for the usual tricks. */
function honestSubject({ subject }: LegalFacts): Finding {
  const letters = subject.replace(/[^\p{L}]/gu, '');
  const capitals = letters.replace(/[^\p{Lu}]/gu, '');
  const tricks = [
    /^\s*(?:re|fwd?|aw|wg|tr|rv)\s*:/i.test(subject) && 'it pretends to be an answer',
    letters.length > 8 && capitals.length > letters.length * 0.7 && 'it shouts in capitals',
    /[!?]{2,}/.test(subject) && 'it piles up exclamation marks',
    /\b(?:urgent|act now|winner|100% free|risk[- ]free|guaranteed)\b/i.test(subject) &&
      'it uses words of unwanted mail',
  ].filter((trick) => trick !== false);
  return {
    passed: tricks.length === 0,
    evidence:
      tricks.length === 0 ? `"${subject}" shows none of the usual tricks` : tricks.join('; '),
  };
}

const wordsOf = (text: string) =>
  new Set(
    text
      .toLowerCase()
      .match(/\p{L}{4,}/gu)
      ?.map((word) => word) ?? [],
  );

function matchingSubject({ subject, text }: LegalFacts): Finding {
  const body = wordsOf(text);
  const shared = [...wordsOf(subject)].filter((word) => body.has(word));
  const isShort = wordsOf(subject).size === 0;
  return {
    passed: isShort || shared.length > 0,
    evidence: isShort
      ? 'The subject is too short to compare'
      : shared.length > 0
        ? `Subject and text share "${shared.slice(0, 3).join('", "')}"`
        : 'No word of the subject occurs in the text',
  };
}

/** Links whose words name another host than the one they lead to, and pictures without text. */
function plainContent({ html, text }: LegalFacts): Finding {
  const links = [
    ...html.matchAll(/<a\b[^>]*href="(https?:\/\/([^"/?#]+)[^"]*)"[^>]*>([\s\S]*?)<\/a>/gi),
  ];
  const lying = links.find(([, , host = '', shown = '']) => {
    const named = /(?:https?:\/\/|www\.)([\w.-]+)/i.exec(shown.replace(/<[^>]*>/g, ''))?.[1];
    return named !== undefined && named.toLowerCase() !== host.toLowerCase();
  });
  const isEmpty = (text.match(/\p{L}+/gu)?.length ?? 0) < 10;
  if (lying)
    return { passed: false, evidence: `A link reads otherwise than where it leads: ${lying[2]}` };
  if (isEmpty)
    return { passed: false, evidence: 'Hardly any text: filters take such mail for unwanted' };
  return { passed: true, evidence: `${links.length} links, all of which lead where they say` };
}

const rules: readonly {
  id: string;
  kind: Item['kind'];
  title: string;
  look(facts: LegalFacts): Finding;
}[] = [
  { id: 'sender', kind: 'check', title: 'The sender is named truthfully', look: sender },
  { id: 'reply', kind: 'check', title: 'Answers reach somebody', look: reachable },
  { id: 'postal-address', kind: 'check', title: 'A postal address is given', look: postal },
  { id: 'opt-out', kind: 'check', title: 'Opting out is easy to find', look: visibleOptOut },
  {
    id: 'one-click',
    kind: 'check',
    title: 'One click in the mail program is enough',
    look: headerOptOut,
  },
  { id: 'honoured', kind: 'check', title: 'Opting out is honoured', look: honoured },
  { id: 'identified', kind: 'check', title: 'Advertising is named as such', look: identified },
  { id: 'subject', kind: 'heuristic', title: 'The subject does not mislead', look: honestSubject },
  {
    id: 'match',
    kind: 'heuristic',
    title: 'The subject is what the text is about',
    look: matchingSubject,
  },
  { id: 'content', kind: 'heuristic', title: 'Links lead where they say', look: plainContent },
];
const pointsEach = 10;

/**
 * How an e-mail stands with the CAN-SPAM Act (15 U.S.C. 7701 ff., FTC compliance guide): seven points
 * that a machine can check and three at which it can only look for bad signs. All of it is binding for
 * commercial messages only; for the others it is good manners, and the score says so.
 */
export function scoreCanSpam(facts: LegalFacts): ComplianceScore {
  const items = rules.map(({ id, kind, title, look }): Item => {
    const { passed, evidence } = look(facts);
    return {
      id,
      kind,
      title,
      passed,
      points: passed ? pointsEach : 0,
      pointsMax: pointsEach,
      evidence,
    };
  });
  const score = items.reduce((sum, { points }) => sum + points, 0);
  return { purpose: facts.purpose, binding: facts.purpose === 'commercial', score, items };
}
