import { setTimeout as pause } from 'node:timers/promises';
import type { Delivery, Message } from '@wedsync/contracts/communications';
import { seedTier } from '@wedsync/db/seed/tier';
import { demoWedding } from '../supervisor/demo-data.ts';
import { type DemoContext, type DemoStep, fact } from './step.ts';

const guestCount = 5_000;
/** Once this many e-mails were caught, the worker dies. */
const killAfter = 1_500;
const pageSize = 200;
/** As many as the worker opens; each may leave one e-mail of which nobody heard the end. */
const connectionsMax = 10;

/** A guest list with an address for everybody. */
function guestList(): string {
  const rows = Array.from(
    { length: guestCount },
    (_, index) => `Guest,Number${index},guest${index}@guests.example,House ${index}`,
  );
  return ['First name,Last name,Email,Household', ...rows].join('\n');
}

async function createCrowd(context: DemoContext) {
  const api = fact(context, 'planner');
  const [organization] = await api.weddings.listOrganizations.query();
  if (!organization) throw new Error('the demo planner has no organization');
  const { adminUrl } = context.stack.database;
  // No plan that anybody starts with holds a crowd.
  if (adminUrl) await seedTier(adminUrl, organization.orgId, 'enterprise');
  const { id: weddingId } = await api.weddings.create.mutate({
    ...demoWedding,
    title: 'Everybody we know',
    orgId: organization.orgId,
  });
  const content = Buffer.from(guestList()).toString('base64');
  const file = { weddingId, fileName: 'everybody.csv', content };
  const { digest } = await api.guests.previewImport.mutate(file);
  await api.guests.applyImport.mutate({ ...file, digest });
  const message = await api.communications.createMessage.mutate({
    weddingId,
    title: 'Save the date',
    kind: 'save_the_date',
    wordings: [
      {
        language: 'en',
        subject: 'Save the date, {{ names }}',
        body: 'Dear {{ names }},\n\nplease keep {{ wedding_date }} free.\n\n{{ couple_names }}',
      },
    ],
  });
  return { api, weddingId, message };
}

type Crowd = Awaited<ReturnType<typeof createCrowd>>;

/** Waits until nothing is left to be sent; who is in doubt waits for a person. */
async function untilOver({ api, weddingId, message }: Crowd, signal: AbortSignal) {
  for (;;) {
    const now: Message = await api.communications.getMessage.query({ weddingId, id: message.id });
    const { counts } = now;
    if (counts && counts.audience > 0 && counts.ready + counts.claimed === 0) return counts;
    await pause(250, undefined, { signal });
  }
}

/** Addresses that got an e-mail of this mailing, one entry for each e-mail. */
function caughtAddresses({ mail }: DemoContext): string[] {
  const addresses: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = mail.list({ search: '@guests.example', limit: pageSize, ...(after && { after }) });
    addresses.push(...page.items.flatMap(({ to }) => to));
    if (!page.next) return addresses;
    after = page.next;
  }
}

/** A person looks every doubtful guest up at the mail server and says what they saw. */
async function resolveDoubts(crowd: Crowd, caught: ReadonlySet<string>): Promise<number> {
  const { api, weddingId, message } = crowd;
  const { items } = await api.communications.listDeliveries.query({
    weddingId,
    messageId: message.id,
    states: ['in_doubt'],
    limit: pageSize,
  });
  for (const { id, address } of items as Delivery[]) {
    const resolution = caught.has(address ?? '') ? 'arrived' : 'send_again';
    await api.communications.resolveDelivery.mutate({
      weddingId,
      messageId: message.id,
      id,
      resolution,
    });
  }
  return items.length;
}

/** The worker is killed in the middle of a mailing; ledger and mail server must agree afterwards. */
export const workerIsKilled: DemoStep = {
  name: 'crash',
  async run(context) {
    const { stack, mail, signal } = context;
    const crowd = await createCrowd(context);
    const { api, weddingId, message } = crowd;
    const before = mail.count().messages;
    await api.communications.sendMessage.mutate({
      weddingId,
      id: message.id,
      version: message.version,
    });
    while (mail.count().messages - before < killAfter) await pause(5, undefined, { signal });
    const { pid } = stack.processes.worker;
    if (pid) process.kill(pid, 'SIGKILL');

    await untilOver(crowd, signal);
    const doubts = await resolveDoubts(crowd, new Set(caughtAddresses(context)));
    const { audience, ...states } = await untilOver(crowd, signal);
    const accounted = Object.values(states).reduce((sum, count) => sum + count, 0);
    const caught = caughtAddresses(context);
    return [
      { what: 'workers killed', expected: 1, actual: stack.processes.worker.crashes },
      { what: 'guests accounted for', expected: audience, actual: accounted },
      { what: 'guests of the crowd', expected: guestCount, actual: audience },
      { what: 'guests who got an e-mail', expected: guestCount, actual: new Set(caught).size },
      { what: 'e-mails sent', expected: states.sent + states.delivered, actual: caught.length },
      {
        what: `doubts beyond the ${connectionsMax} connections`,
        expected: 0,
        actual: Math.max(0, doubts - connectionsMax),
      },
    ];
  },
};
