import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SimulatedText } from '@wedsync/contracts/communications-sms';
import { z } from 'zod';
import { writeWhole } from './files.ts';

/** A text as it is kept: with what a repeated request and a report are recognised by. */
export const StoredText = SimulatedText.extend({
  /** The request's idempotency key; null for what a person wrote. */
  key: z.string().nullable(),
  reference: z.string().nullable(),
  /** The webhook has taken the last word about it. */
  isReported: z.boolean(),
});
export type StoredText = z.infer<typeof StoredText>;

export interface SmsQuery {
  /** Looked for in both numbers and the text; case does not matter. */
  search?: string;
  limit?: number;
  /** Id of the last text of the page before. */
  after?: string;
}
export interface SmsPage {
  items: SimulatedText[];
  total: number;
  next?: string;
}

/** Newest first. Reads come from memory; one file holds what must outlive the process. */
export interface SmsStore {
  /** Stores a new text; it is on disk when this resolves. */
  add(text: Omit<StoredText, 'id' | 'at'>): Promise<StoredText>;
  update(id: string, change: Partial<Pick<StoredText, 'status' | 'isReported'>>): Promise<void>;
  findByKey(key: string): StoredText | undefined;
  get(id: string): StoredText | undefined;
  list(query?: SmsQuery): SmsPage;
  /** Everything a webhook has not taken yet, oldest first. */
  unreported(): StoredText[];
  count(): number;
  clear(): Promise<void>;
}

const pageMax = 200;

/** Opens the store in `dir`: an append-only file of one JSON line per text or change of one. */
export async function openSmsStore(dir: string, textsMax: number): Promise<SmsStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const file = join(dir, 'texts.jsonl');
  const texts = await readTexts(file);
  const byKey = new Map<string, StoredText>();
  for (const text of texts.values()) if (text.key) byKey.set(text.key, text);
  let sequence = 0;
  // One write at a time; lines that arrive during a write go together into the next one.
  let writing: Promise<void> = Promise.resolve();
  let pending: string[] = [];

  const inOrder = (work: () => Promise<void>) => {
    writing = writing.then(work, work);
    return writing;
  };
  const appendPending = async () => {
    const lines = pending.join('');
    pending = [];
    if (lines) await appendFile(file, lines, { mode: 0o600 });
  };
  const write = (text: StoredText) => {
    texts.set(text.id, text);
    if (text.key) byKey.set(text.key, text);
    pending.push(`${JSON.stringify(text)}\n`);
    return inOrder(appendPending);
  };
  const rewrite = () => {
    const lines = [...texts.values()].map((text) => `${JSON.stringify(text)}\n`);
    return writeWhole(file, lines.join(''), 0o600);
  };
  const nextId = () => {
    sequence = (sequence + 1) % 1_000_000;
    return `${Date.now().toString(36).padStart(9, '0')}-${sequence.toString(36).padStart(4, '0')}`;
  };
  const dropOldest = () => {
    for (const [id, { key }] of texts) {
      if (texts.size <= textsMax) return;
      texts.delete(id);
      if (key) byKey.delete(key);
    }
  };

  dropOldest();
  await rewrite();
  return {
    async add(text) {
      const stored = { ...text, id: nextId(), at: new Date().toISOString() };
      const written = write(stored);
      dropOldest();
      await written;
      return stored;
    },
    async update(id, change) {
      const text = texts.get(id);
      if (text) await write({ ...text, ...change });
    },
    findByKey: (key) => byKey.get(key),
    get: (id) => texts.get(id),
    list: (query = {}) => page([...texts.values()].reverse(), query),
    unreported: () => [...texts.values()].filter(({ isReported }) => !isReported),
    count: () => texts.size,
    async clear() {
      texts.clear();
      byKey.clear();
      await inOrder(rewrite);
    },
  };
}

async function readTexts(file: string): Promise<Map<string, StoredText>> {
  const content = await readFile(file, 'utf8').catch(() => '');
  const texts = new Map<string, StoredText>();
  for (const line of content.split('\n')) {
    const text = parseLine(line);
    if (text) texts.set(text.id, text);
  }
  return texts;
}

/** The last line may be half-written after a crash; its request was not answered then. */
function parseLine(line: string): StoredText | undefined {
  if (line.trim() === '') return undefined;
  try {
    return StoredText.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function page(newestFirst: StoredText[], { search = '', limit = 50, after }: SmsQuery): SmsPage {
  const wanted = search.trim().toLowerCase();
  const matching = newestFirst.filter(({ from, to, text }) =>
    [from, to, text].some((part) => part.toLowerCase().includes(wanted)),
  );
  const start = after ? matching.findIndex(({ id }) => id === after) + 1 : 0;
  const size = Math.min(Math.max(1, limit), pageMax);
  const items = matching.slice(start, start + size).map((text) => SimulatedText.parse(text));
  const last = items.at(-1);
  const more = last !== undefined && start + size < matching.length;
  return { items, total: matching.length, ...(more ? { next: last.id } : {}) };
}
