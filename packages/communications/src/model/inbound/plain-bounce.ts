import type { ReadMail } from './read-mail.ts';

/** A bounce without a machine-readable part, as qmail, old gateways and some providers write it. */
export interface PlainBounce {
  /** False for a warning that it is tried again. */
  isFinal: boolean;
  /** Enhanced or three-digit code; empty where none is told. */
  code: string;
  /** The lines that say why. */
  reason: string;
}

const daemons =
  /^(?:mailer-?daemon|mail-?daemon|postmaster|mail delivery (?:sub)?system|mail-?system|mdaemon|bounces?|microsoftexchange[0-9a-f]{8,}|undeliver\w*|delivery-?(?:status|failure))[^@]*(?:@|$)/;
const daemonNames =
  /mail(?:er)?[ -]?daemon|mail delivery (?:sub)?system|delivery (?:subsystem|notification)|microsoft outlook|system administrator|systemadministrator|postmaster|mail ?administrator/i;

const subjects =
  /undeliver\w*|not? (?:be )?deliver\w*|non[- ]?deliver\w*|undelivered|delivery (?:status notification|failure|has failed|incomplete|problem|report|delayed|error)|delivery to .{1,100} (?:failed|delayed)|failed (?:delivery|mail)|failure notice|failure delivery|returned (?:mail|to sender)|mail (?:delivery (?:failed|failure)|failure|returned|system error|could not)|message (?:could not|status|delayed|not delivered)|warning: (?:message|could not)|unzustellbar|nicht zugestellt|zustellung (?:fehlgeschlagen|verz[öo]gert)|unzustellbare|non remis|[ée]chec (?:de )?(?:la )?(?:remise|distribution|livraison)|retour[ée]? [àa] l['’]exp[ée]diteur|no se (?:ha )?(?:pudo|podido) entregar|no entregado|correo devuelto|error de entrega|mancato recapito|impossibile (?:recapitare|consegnare)|consegna (?:non riuscita|fallita)|n[ãa]o (?:foi )?entregue|falha na entrega|kon niet worden bezorgd|onbestelbaar|niet afgeleverd|kunde inte levereras|kunne ikke leveres|ei voitu toimittaa|nie dostarczono|niedostarcz\w+|nedoru[čc]\w+|недоставлен\w*|не доставлено|не удалось доставить|配信できません|配達不能|退信|無法投遞|投递失败|발송 실패|반송/i;

const openings =
  /this is the qmail-send program|this message was created automatically by (?:the )?mail (?:delivery )?(?:software|system)|the following (?:address(?:es)?|recipients?).{0,80}(?:failed|error|could not|problem)|(?:could|was) not (?:be )?delivered? to|(?:unable|failed|wasn['’]t able|not able|impossible) to deliver|delivery (?:to the following|has failed|failed)|undelivered mail returned|your (?:message|mail|e-?mail).{0,120}(?:could not|couldn['’]t|was not|wasn['’]t|has not|cannot|did not|didn['’]t).{0,40}(?:deliver|reach|sent)|permanent (?:fatal )?(?:error|failure)|konnte nicht zugestellt|n['’]a pas pu [êe]tre|no (?:se )?(?:ha )?pud?o.{0,20}entreg|non [èe] stato possibile (?:recapitare|consegnare)|n[ãa]o p[ôo]de ser entregue|kon niet worden (?:bezorgd|afgeleverd)|не может быть доставлено|не удалось доставить|配信できませんでした|无法(?:投递|送达)/i;

const warnings =
  /\bdelayed\b|still being (?:retried|tried)|will (?:be retried|(?:continue|keep) (?:to try|trying)|retry|try again)|do(?:es)? not need to (?:resend|send)|no action is required|warning(?: message)? only|not yet been delivered|verz[öo]ger\w*|weiterhin versuch\w*|retard[ée]\w*|nouvelle tentative|retrasad\w*|se seguir[áa] intentando|in ritardo|ulteriori tentativi|atrasad\w*|nova tentativa|vertraagd|задержан\w*/i;
const gaveUp =
  /gave up|giving up|permanent|given up|will not (?:be retr|try)|has failed|retry time(?:out)? exceeded|no longer (?:be )?(?:tried|retried)|abgebrochen|wird nicht weiter|abandon|definitiv/i;

const enhancedCode = /(?:^|[^\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])/;
const replyCode = /(?:^|[\s(#:<>"'])([45][0-5]\d)(?=[\s:\-)]|$)/m;

/** What mailers copy under their report: words of ours, which say nothing about the failure. */
const copies =
  /^(?:-{2,}.*(?:original|copy of|returned|below this line|ursprüngliche|nachricht).*|.*(?:below this line is a copy|this is a copy of|original message (?:follows|headers|details)|message headers follow).*)$/im;

/** Undefined where this is no bounce. */
export function readPlainBounce(mail: ReadMail, fromNobody: boolean): PlainBounce | undefined {
  const failedRecipients = mail.header('x-failed-recipients');
  const daemon = daemons.test(mail.from) || daemonNames.test(mail.fromName);
  const told = subjects.test(mail.subject);
  const opened = openings.test(mail.text.slice(0, 2_000));
  const signs = Number(daemon) + Number(told) + Number(opened) + Number(fromNobody);
  // An absent person's answer comes from nobody too, and a guest may write about "delivery".
  if (!failedRecipients && (signs < 2 || !(told || opened))) return undefined;
  const end = copies.exec(mail.text)?.index ?? -1;
  const reason = (end > 40 ? mail.text.slice(0, end) : mail.text).slice(0, 6_000);
  const head = `${mail.subject}\n${reason}`;
  return {
    isFinal: !(warnings.test(head) && !gaveUp.test(head)),
    code: enhancedCode.exec(reason)?.[1] ?? replyCode.exec(reason)?.[1] ?? '',
    reason,
  };
}
