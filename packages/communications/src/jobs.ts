import { checkIntegrityJob, retireFeedbackJob } from '@wedsync/contracts/communications-integrity';
import {
  answerTextJob,
  checkMessageJob,
  expandMessageJob,
  expandSingleJob,
  keepMessagePartitionsJob,
  rescheduleMessagesJob,
  sendRemindersJob,
  sendShardJob,
  sendSingleJob,
  sendTestJob,
  startScheduledJob,
  sweepDeliveriesJob,
} from '@wedsync/contracts/communications-jobs';
import type { WeddingId } from '@wedsync/contracts/ids';
import type { JobPayload } from '@wedsync/contracts/job';
import { defineHandler, type JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { answerText } from './answer-text.ts';
import { checkMessage } from './check-message.ts';
import { expandMessage } from './expand-message.ts';
import { checkIntegrity } from './integrity/check-integrity.ts';
import { retireFeedback } from './integrity/retire-feedback.ts';
import { keepMessagePartitions } from './keep-message-partitions.ts';
import type { CommunicationsDeps } from './ports.ts';
import { loadWeddingFrame } from './queries/wedding-frame.ts';
import { sendReminders } from './send-reminders.ts';
import { sendShard } from './send-shard.ts';
import { sendTest } from './send-test.ts';
import { rescheduleMessages, startScheduled } from './start-scheduled.ts';
import { sweepDeliveries } from './sweep-deliveries.ts';

export { createAccountMail } from './adapters/account-mail.ts';
export { openFileJournal } from './adapters/file-journal.ts';
export { openDkimSigner, openMailTransport } from './adapters/mail-transport.ts';
export { createNodemailerTransport } from './adapters/nodemailer.ts';
export { createHttpSmsTransport } from './adapters/sms-http.ts';
export { createSmtpTransport } from './adapters/smtp/transport.ts';
export { createDkimSigner, type DkimSigner } from './model/dkim.ts';
export type { CommunicationsDeps, OutboundEmail } from './ports.ts';
export { takeInboundMail } from './take-inbound-mail.ts';

type Job = JobContext<ServiceContext>;

/** What is sent right after its expansion ends in order well within that job's own limit. */
const singleBudgetMs = 15_000;

/** The context of a wedding's work; the organization is what audit rows are filed under. */
async function contextOf(job: Job, weddingId: WeddingId): Promise<ServiceContext> {
  const claims = { actorKind: 'system', weddingId } as const;
  const { orgId } = await job.db.read(claims, (tx) => loadWeddingFrame(tx, weddingId));
  return job.service({ ...claims, orgId });
}

/** Handlers of this room's job contracts, bound to the way out and the journal of their process. */
export function communicationsJobs(deps: CommunicationsDeps) {
  const expand = async (job: Job, payload: JobPayload<typeof expandMessageJob>) => {
    const ctx = await contextOf(job, payload.weddingId);
    const { budgetMs = singleBudgetMs } = deps;
    for (const shard of await expandMessage(ctx, payload)) {
      await sendShard(ctx, shard, { ...deps, budgetMs });
    }
  };
  const send = async (job: Job, payload: JobPayload<typeof sendShardJob>) =>
    sendShard(await contextOf(job, payload.weddingId), payload, deps);
  return [
    defineHandler(expandMessageJob, expand),
    defineHandler(expandSingleJob, expand),
    defineHandler(sendShardJob, send),
    defineHandler(sendSingleJob, send),
    defineHandler(keepMessagePartitionsJob, async (job: Job) => {
      await keepMessagePartitions(job);
    }),
    defineHandler(sendTestJob, async (job: Job, payload) => {
      await sendTest(await contextOf(job, payload.weddingId), payload, deps);
    }),
    defineHandler(answerTextJob, async (job: Job, { weddingId, inboundTextId }) => {
      await answerText(await contextOf(job, weddingId), inboundTextId, deps);
    }),
    defineHandler(checkMessageJob, async (job: Job, payload) => {
      await checkMessage(await contextOf(job, payload.weddingId), payload, { deps });
    }),
    defineHandler(startScheduledJob, (job: Job) => startScheduled(job)),
    defineHandler(sendRemindersJob, (job: Job) => sendReminders(job)),
    defineHandler(rescheduleMessagesJob, async (job: Job, { weddingId }) => {
      await rescheduleMessages(await contextOf(job, weddingId), weddingId);
    }),
    defineHandler(checkIntegrityJob, async (job: Job, payload) => {
      await checkIntegrity(job, payload);
    }),
    defineHandler(retireFeedbackJob, (job: Job) => retireFeedback(job)),
    defineHandler(sweepDeliveriesJob, async (job: Job) => {
      await sweepDeliveries(job, deps);
    }),
  ] as const;
}
