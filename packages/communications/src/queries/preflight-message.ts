import { type Preflight, PreflightMessage } from '@wedsync/contracts/communications-control';
import type { MergeFieldName } from '@wedsync/contracts/communications-templates';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { complianceOf } from '../model/compliance-score.ts';
import { preflightWarnings } from '../model/preflight-warnings.ts';
import { estimateFinish, localTimes } from '../model/send-times.ts';
import { compileWording, fieldsOf } from '../model/wording.ts';
import type { CommunicationsSettings } from '../ports.ts';
import { smsObstacle } from '../require-sms.ts';
import { requireMessage } from '../rows.ts';
import { sampleEmail } from '../sample-email.ts';
import { estimateTexts } from './estimate-sms.ts';
import { loadMessageChecks } from './message-checks.ts';
import { type PlanSummary, summarizePlan } from './preflight-plan.ts';
import { loadSendRate } from './send-rate.ts';
import { loadWeddingDates } from './wedding-dates.ts';
import { loadWeddingFrame, type WeddingFrame } from './wedding-frame.ts';
import { type ChannelWordings, loadChannelWordings } from './wordings.ts';

/** Fields that are the same for everybody and empty as long as the couple has not decided. */
function undecided({ wedding }: WeddingFrame): MergeFieldName[] {
  const open: [MergeFieldName, boolean][] = [
    ['wedding_date', wedding.date === null],
    ['venue', wedding.venue === ''],
    ['rsvp_deadline', wedding.rsvpDeadline === null],
    ['couple_names', wedding.partnerAName + wedding.partnerBName === ''],
  ];
  return open.filter(([, isOpen]) => isOpen).map(([name]) => name);
}

function missingFields(
  plan: PlanSummary,
  wordings: ChannelWordings,
  frame: WeddingFrame,
): Preflight['missingFields'] {
  const used = new Set(wordings.all.flatMap(fieldsOf));
  const forAll = undecided(frame).map((field) => ({ field, guests: plan.sends, example: null }));
  return [...forAll, ...plan.missing].filter(({ field, guests }) => used.has(field) && guests > 0);
}

/**
 * Everything that can be said about a message before it leaves, by the very rules that sending uses:
 * who gets it, who does not and why, what is missing, what it costs, when it is through, and how it
 * stands with the law. What must ask the network is in `checks`, once somebody has started them.
 * @throws DomainError `not-found`
 */
export async function preflightMessage(
  ctx: ServiceContext,
  input: PreflightMessage,
  settings: Pick<CommunicationsSettings, 'publicUrl' | 'mailFrom' | 'smsFrom'>,
): Promise<Preflight> {
  const { id } = parseInput(PreflightMessage, input);
  requirePermission(ctx, 'communications.read');
  const weddingId = requireWedding(ctx);
  return readTx(ctx, async (tx) => {
    const message = await requireMessage(tx, ctx, id);
    const { channel, purpose, audience } = message;
    const ref = { weddingId, messageId: id };
    const wordings = await loadChannelWordings(tx, { ...ref, channel });
    const frame = await loadWeddingFrame(tx, weddingId);
    const dates = await loadWeddingDates(tx, weddingId);
    const plan = await summarizePlan(tx, message);
    const rate = await loadSendRate(tx, { orgId: frame.orgId, weddingId, channel });
    const checks = await loadMessageChecks(tx, ref);
    const startsAt = message.sendAt ?? ctx.clock.now();
    const sms =
      channel === 'sms'
        ? await estimateTexts(ctx, tx, {
            audience,
            purpose,
            sampleLink: `${settings.publicUrl}/r/${'x'.repeat(22)}`,
            wordingFor: (language) => {
              const wording = wordings.of(language);
              return wording && { compiled: compileWording(wording), language: wording.language };
            },
          })
        : null;
    const sample =
      channel === 'email' ? sampleEmail(ctx, { message, frame, wordings }, settings) : undefined;
    const optedOut = plan.skips
      .filter(({ reason }) => reason === 'suppressed' || reason === 'no_consent')
      .reduce((sum, { count }) => sum + count, 0);
    const compliance = complianceOf({
      message,
      frame,
      wording: wordings.of(null),
      sample,
      optedOut,
    });
    const obstacle = smsObstacle(message, settings);
    const missing = missingFields(plan, wordings, frame);
    return {
      messageId: id,
      version: message.version,
      guests: plan.guests,
      households: plan.households,
      sends: plan.sends,
      skips: plan.skips,
      languages: plan.languages.map(({ language, count }) => {
        const read = language ?? frame.wedding.locale;
        const chosen = wordings.of(read)?.language ?? message.defaultLanguage;
        const isWorded = chosen.split('-')[0] === read.split('-')[0];
        return { language: read, count, worded: isWorded };
      }),
      missingFields: missing,
      sms,
      startsAt: startsAt.toISOString(),
      finishesAt: estimateFinish(startsAt, plan.sends, rate)?.toISOString() ?? null,
      rate,
      localTimes: localTimes({ at: startsAt, zone: dates.timeZone, sends: plan.sends, sms }),
      compliance,
      checks,
      obstacles: obstacle ? [obstacle] : [],
      warnings: preflightWarnings({
        message,
        wordings: wordings.all,
        sends: plan.sends,
        missing,
        dates,
        startsAt,
        compliance,
        checks,
      }),
    };
  });
}
