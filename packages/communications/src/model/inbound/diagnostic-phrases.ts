import type { BounceClass } from '@wedsync/contracts/communications-feedback';

type Phrase = readonly [BounceClass, RegExp];

/**
 * What mail systems write next to, or instead of, a code. The first that matches decides, so the
 * order matters: a refusal of the sender often quotes words about mailboxes, and a full mailbox is
 * also "unavailable".
 */
const phrases: readonly Phrase[] = [
  [
    'blocked',
    /spam(haus|cop)?\b|black ?list|block ?list|\brbl\b|dnsbl|reputation|junk mail|unsolicited|\bdmarc\b|\bdkim\b|\bspf\b|not? (pass|meet).{0,30}authenticat|unauthenticated (e-?mail|sender)|virus|malware|phish|prohibited (file|attachment)|content (was )?(rejected|refused|filter)|message (was )?(rejected|refused) (due to|because of|by) (policy|content|a? ?filter)|policy (reason|violation|restriction)|banned sending|too many (messages|connections|e-?mails) from|sender (address )?(was )?(rejected|denied|blocked|refused)|not accept(ed|ing)? (mail|messages?) from (your|this|the sender)|reverse dns|ptr record|relay(ing)? (access )?(denied|not (allowed|permitted))|rate limit(ed)? (for|of) (the )?sender|allowed.senders? list|only accepts? (mail|messages) from/i,
  ],
  [
    'soft',
    /(mail ?box|in ?box|account|user|quota|storage|postfach|buz[oó]n|bo[iî]te|casella|caixa)\b.{0,40}\b(full|voll|exceed\w*|over ?(the )?(its )?(limit|quota)|lleno|llena|pleine|piena|cheia|[üu]berschritten|satur\w+|d[ée]pass\w+)|over ?quota|quota ?exceed\w*|exceed\w* (its |the |his )?(storage|quota|mailbox|disk)|out of (storage|disk)|insufficient (system )?(storage|disk)|no space left|disk full|переполнен|容量超過|邮箱已满|受信箱がいっぱい/i,
  ],
  [
    'blocked',
    /message (size|too (big|large|long))|(size|length).{0,30}exceed|too (big|large)|exceeds? (the )?(maximum|fixed|size)/i,
  ],
  [
    'hard',
    /(user|mail ?box|recipient|address(ee)?|account|alias|empf[äa]nger|destinat[aá]\w+|usuario|utilisateur|utente|usu[aá]rio|benutzer|gebruiker)\b.{0,60}(unknown|not ?(be )?found|(does|do|did)(n['’]?t| not) exist|doesn['’]t have an?|no longer (exists|valid|active|available|in use|on server)|not (exist|known|valid|listed|recogni[sz]ed|our customer)|invalid|disabled|deactivated|inactive|suspended|closed|deleted|discontinued|terminated|unbekannt|existiert nicht|nicht (gefunden|bekannt|vorhanden)|desconocid\w+|no existe|n['’]existe pas|inconnu\w*|introuvable|sconosciut\w+|non (esiste|trovat\w+)|inesistente|desconhecid\w+|n[ãa]o (existe|encontrad\w+)|bestaat niet|onbekend)/i,
  ],
  [
    'hard',
    /(unknown|invalid|bad|nonexistent|non-existent|no such|unrouteable|undeliverable|illegal|incorrect|unbekannte[rn]?|inconnu\w*) ?(local )?(user|mail ?box|recipient|(destination )?(mailbox )?address|addressee|account|alias|empf[äa]nger|person|local part|postfach)/i,
  ],
  [
    'hard',
    /user.{0,20}doesn['’]t have|recip(ient)?not ?found|\badr\.(ex)?recip|access denied.{0,40}as(\(|\d)|no mailbox (here )?by that name|mailbox unavailable|there is no one at|not a (valid|known) (user|mailbox|address|recipient)|nobody (here )?(by|with) that name|this (user|account|mailbox|address) (is|has been) (closed|disabled|removed|gone)|domain.{0,40}((does|do)(n['’]t| not) exist|not found|unknown|no mx|null ?mx|takes no mail|not accept(ing)? (any )?mail)|host (or domain name )?not found|nxdomain|no such domain|name or service not known|no (valid )?mx|never logged|не существует|неизвестный пользователь|пользователь не найден|存在しません|宛先不明|ユーザーが見つかりません|不存在|查无此人/i,
  ],
  [
    'soft',
    /time[ds]? ?out|timeout|try(ing)? again|temporar(y|ily)|delayed|deferred|grey ?list|connection (refused|reset|lost|closed)|unreachable|no route|too many hops|loop(ing| detected)?|expired|could not (be )?deliver\w* (it )?(for|within|in) |retry time|server (is )?(busy|down|unavailable)|name server|lookup failure|resources?|rate.?limit|too fast|out of office quota/i,
  ],
];

/** What the words of a mail system say about an address; undefined where they say nothing known. */
export function classOfPhrase(text: string): BounceClass | undefined {
  const flat = text.replace(/\s+/g, ' ');
  return phrases.find(([, pattern]) => pattern.test(flat))?.[0];
}
