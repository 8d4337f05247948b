import type {
  ComplianceScore,
  MessageChecks,
  Preflight,
} from '@wedsync/contracts/communications-control';
import type { MessageKind } from '@wedsync/contracts/communications-templates';
import { endOfDayIn, type WeddingDates } from './schedule-times.ts';

export interface WarningInput {
  message: { kind: MessageKind; version: number; channel: string };
  wordings: readonly { language: string; body: string; html: string | null }[];
  sends: number;
  missing: Preflight['missingFields'];
  dates: WeddingDates;
  startsAt: Date;
  compliance: ComplianceScore;
  checks: MessageChecks | null;
}

type Warning = Preflight['warnings'][number];

/** Gmail cuts a message off there and hides the foot with the link to unsubscribe. */
const clippedBytes = 102_400;

const rsvpField = /\{\{-?\s*rsvp_link/;

function aboutWording({ message, wordings }: WarningInput): (Warning | false)[] {
  const asksForAnswer = message.kind === 'invitation' || message.kind === 'reminder';
  const clipped = wordings.find(({ html }) => (html?.length ?? 0) > clippedBytes);
  const linkless = wordings.find(({ body, html }) => !rsvpField.test(`${body}${html ?? ''}`));
  return [
    clipped !== undefined && {
      code: 'clipped',
      message: `The layout (${clipped.language}) is longer than 102 kB: Gmail cuts it off before its foot.`,
    },
    asksForAnswer &&
      linkless !== undefined && {
        code: 'no-rsvp-link',
        message: `The text (${linkless.language}) asks for an answer but has no {{ rsvp_link }} to give it.`,
      },
  ];
}

function aboutDates({ message, dates, startsAt }: WarningInput): (Warning | false)[] {
  const { rsvpDeadline, weddingDay, timeZone } = dates;
  const isPast = (day: string | null) => day !== null && startsAt >= endOfDayIn(day, timeZone);
  const asksForAnswer = message.kind === 'invitation' || message.kind === 'reminder';
  return [
    asksForAnswer &&
      isPast(rsvpDeadline) && {
        code: 'after-deadline',
        message: 'It leaves after the last day to answer: nobody can answer any more.',
      },
    message.kind !== 'thank_you' &&
      message.kind !== 'other' &&
      isPast(weddingDay) && {
        code: 'after-wedding',
        message: 'It leaves after the day of the wedding.',
      },
  ];
}

function aboutChecks({ checks, message, compliance }: WarningInput): (Warning | false)[] {
  const dead = checks?.links.filter(({ verdict }) => verdict === 'dead') ?? [];
  const failed = checks?.authentication.filter(({ verdict }) => verdict === 'fail') ?? [];
  return [
    dead.length > 0 && { code: 'dead-links', message: `${dead[0]?.url} leads nowhere.` },
    failed.length > 0 && {
      code: 'authentication',
      message: 'Large receivers may refuse our mail: see the check of the sender.',
    },
    checks !== null &&
      checks.version !== message.version && {
        code: 'stale-checks',
        message: 'The message was changed since its links were checked.',
      },
    compliance.binding &&
      compliance.score < 70 && {
        code: 'compliance',
        message: 'As advertising this would break the law on commercial e-mail.',
      },
  ];
}

/** What a person should look at before sending, worst first. */
export function preflightWarnings(input: WarningInput): Warning[] {
  const { sends, missing } = input;
  const [worst] = [...missing].sort((left, right) => right.guests - left.guests);
  return [
    sends === 0 && { code: 'nobody', message: 'Nobody would get this message.' },
    ...aboutChecks(input),
    ...aboutDates(input),
    ...aboutWording(input),
    worst !== undefined && {
      code: 'missing-fields',
      message: `{{ ${worst.field} }} is not known for ${worst.guests} of ${sends} messages.`,
    },
  ].filter((warning) => warning !== false);
}
