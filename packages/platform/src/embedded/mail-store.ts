import { appendFile, mkdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { z } from 'zod';
import { exists, writeWhole } from './files.ts';

export const CaughtMail = z.object({
  id: z.string(),
  from: z.string(),
  /** Envelope recipients: whom the mail would really have reached. */
  to: z.array(z.string()),
  subject: z.string(),
  receivedAt: z.string(),
  sizeBytes: z.number(),
});
export type CaughtMail = z.infer<typeof CaughtMail>;

export interface MailQuery {
  /** Looked for in sender, recipients and subject; case does not matter. */
  search?: string;
  limit?: number;
  /** Id of the last mail of the page before. */
  after?: string;
}
export interface MailPage {
  items: CaughtMail[];
  /** How many match altogether. */
  total: number;
  next?: string;
}

export interface MailLimits {
  messagesMax: number;
  bytesMax: number;
}

/** Newest first. Reads come from memory; files hold what must outlive the process. */
export interface MailStore {
  add(raw: Buffer, envelope: { from: string; to: string[] }): Promise<CaughtMail>;
  list(query?: MailQuery): MailPage;
  count(): { messages: number; bytes: number };
  raw(id: string): Promise<Buffer | undefined>;
  parsed(id: string): Promise<Email | undefined>;
  clear(): Promise<void>;
}

const pageMax = 200;

/**
 * Opens the store in `dir`: one .eml per mail and an append-only index of one JSON line each. An
 * index line whose mail is gone is ignored, so dropping a mail is deleting its file.
 */
export async function openMailStore(dir: string, limits: MailLimits): Promise<MailStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const indexFile = join(dir, 'index.jsonl');
  const mails = await readIndex(dir, indexFile);
  let bytes = [...mails.values()].reduce((sum, mail) => sum + mail.sizeBytes, 0);
  let droppedSinceRewrite = 0;
  let sequence = 0;
  // One write at a time; lines that arrive during a write go together into the next one.
  let writing: Promise<void> = Promise.resolve();
  let pending: string[] = [];

  const fileOf = (id: string) => join(dir, `${id}.eml`);
  const nextId = () => {
    sequence = (sequence + 1) % 1_000_000;
    return `${Date.now().toString(36).padStart(9, '0')}-${sequence.toString(36).padStart(4, '0')}`;
  };
  const rewriteIndex = () => {
    const lines = [...mails.values()].map((mail) => `${JSON.stringify(mail)}\n`);
    return writeWhole(indexFile, lines.join(''), 0o600);
  };
  const appendPending = async () => {
    const lines = pending.join('');
    pending = [];
    if (lines) await appendFile(indexFile, lines, { mode: 0o600 });
  };
  const inOrder = (work: () => Promise<void>) => {
    writing = writing.then(work, work);
    return writing;
  };

  async function dropOldest(): Promise<void> {
    while (mails.size > limits.messagesMax || bytes > limits.bytesMax) {
      const oldest = mails.values().next().value;
      if (!oldest) return;
      mails.delete(oldest.id);
      bytes -= oldest.sizeBytes;
      droppedSinceRewrite += 1;
      await unlink(fileOf(oldest.id)).catch(() => undefined);
    }
    if (droppedSinceRewrite <= limits.messagesMax) return;
    droppedSinceRewrite = 0;
    await inOrder(rewriteIndex);
  }

  await rewriteIndex();
  return {
    async add(raw, envelope) {
      const id = nextId();
      const mail = { id, ...(await describe(raw, envelope)) };
      await writeFile(fileOf(id), raw, { mode: 0o600 });
      mails.set(id, mail);
      bytes += raw.length;
      pending.push(`${JSON.stringify(mail)}\n`);
      await inOrder(appendPending);
      await dropOldest();
      return mail;
    },
    list: (query = {}) => page([...mails.values()].reverse(), query),
    count: () => ({ messages: mails.size, bytes }),
    raw: async (id) => (mails.has(id) ? readFile(fileOf(id)) : undefined),
    async parsed(id) {
      return mails.has(id) ? PostalMime.parse(await readFile(fileOf(id))) : undefined;
    },
    async clear() {
      const ids = [...mails.keys()];
      mails.clear();
      bytes = 0;
      for (const id of ids) await rm(fileOf(id), { force: true });
      await inOrder(rewriteIndex);
    },
  };
}

async function readIndex(dir: string, indexFile: string): Promise<Map<string, CaughtMail>> {
  const text = await readFile(indexFile, 'utf8').catch(() => '');
  const mails = new Map<string, CaughtMail>();
  for (const line of text.split('\n')) {
    const mail = parseLine(line);
    if (mail && (await exists(join(dir, `${mail.id}.eml`)))) mails.set(mail.id, mail);
  }
  return mails;
}

/** The last line may be half-written after a crash; it is worth no more than its mail. */
function parseLine(line: string): CaughtMail | undefined {
  if (line.trim() === '') return undefined;
  try {
    const parsed = CaughtMail.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Only the header is parsed on arrival: thousands of mails come in bursts. */
async function describe(
  raw: Buffer,
  envelope: { from: string; to: string[] },
): Promise<Omit<CaughtMail, 'id'>> {
  const end = raw.indexOf('\r\n\r\n');
  const header = await PostalMime.parse(end < 0 ? raw : raw.subarray(0, end + 4));
  const sender = header.from?.address;
  const name = header.from?.name;
  return {
    from: sender ? (name ? `${name} <${sender}>` : sender) : envelope.from,
    to: envelope.to,
    subject: header.subject ?? '',
    receivedAt: new Date().toISOString(),
    sizeBytes: raw.length,
  };
}

function page(newestFirst: CaughtMail[], { search = '', limit = 50, after }: MailQuery): MailPage {
  const wanted = search.trim().toLowerCase();
  const matching = wanted ? newestFirst.filter((mail) => matches(mail, wanted)) : newestFirst;
  const from = after ? matching.findIndex((mail) => mail.id === after) + 1 : 0;
  const size = Math.min(Math.max(1, limit), pageMax);
  const items = matching.slice(from, from + size);
  const last = items.at(-1);
  const more = last !== undefined && from + size < matching.length;
  return { items, total: matching.length, ...(more ? { next: last.id } : {}) };
}

function matches(mail: CaughtMail, wanted: string): boolean {
  return [mail.subject, mail.from, ...mail.to].some((text) => text.toLowerCase().includes(wanted));
}
