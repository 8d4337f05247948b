import {
  type Lsn,
  parseLsn,
  parseSegmentName,
  segmentName,
  segmentStart,
} from '../../model/lsn.ts';
import { ReplicationClient } from '../replication/replication-client.ts';
import { sendStatus, streamWal, type WalChunk } from '../replication/wal-stream.ts';
import type { SealedObjects } from '../repository/sealed-objects.ts';
import type { WalSpool } from './wal-spool.ts';

export interface WalVaultOptions {
  /** Of a login with REPLICATION. */
  url: string;
  /** Name of the replication slot and, for `synchronous_standby_names`, of the standby. */
  name: string;
  spool: WalSpool;
  objects: SealedObjects;
  segmentBytes: number;
  now?: () => number;
  /** Told after each stretch that is safe. */
  onProgress?: (at: { flushed: Lsn; serverEnd: Lsn }) => void;
}

/** Status is sent at least this often; the server gives up after 60 s of silence. */
const statusEveryMs = 10_000;

export const walObjectName = (systemId: string, segment: string) => `${systemId}/wal/${segment}`;

/**
 * Receives the log as it is written and keeps it: a standby that answers no queries. The server
 * keeps its own log until we have reported it as flushed, through a replication slot. Named in
 * `synchronous_standby_names`, it makes every commit wait until it is safe here as well.
 */
export class WalVault {
  readonly #options: Required<WalVaultOptions>;
  #client: ReplicationClient | undefined;
  #written: Lsn = 0n;
  #flushed: Lsn = 0n;
  #serverEnd: Lsn = 0n;
  #isSyncing = false;
  /** Resolves when the round of syncs under way, or the last one, is over. */
  #synced: Promise<void> = Promise.resolve();
  #failure: unknown;
  /** Content of the segment under way. */
  #segment = Buffer.alloc(0);
  #systemId = '';
  #timeline = 0;

  constructor(options: WalVaultOptions) {
    this.#options = { now: Date.now, onProgress: () => {}, ...options };
  }

  /**
   * Receives until the server stops or `signal` aborts; to be called again after a pause.
   * @throws Error of the server or of the disk
   */
  async receive(signal: AbortSignal): Promise<void> {
    const { url, name } = this.#options;
    const client = await ReplicationClient.open(url, name);
    this.#client = client;
    const stop = () => client.destroy();
    signal.addEventListener('abort', stop, { once: true });
    let isKnown = false;
    const beat = setInterval(() => void this.#report(), statusEveryMs);
    try {
      const from = await this.#resume(client);
      for await (const message of streamWal(client, {
        slot: name,
        timeline: this.#timeline,
        from,
      })) {
        this.#serverEnd = message.serverEnd;
        // Until it has heard how far we are, the server counts on us for nothing.
        if (!isKnown) await this.#report();
        isKnown = true;
        if (message.kind === 'wal') await this.#take(message);
        else if (message.wantsReply) await this.#report();
        if (this.#failure) throw this.#failure;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      clearInterval(beat);
      signal.removeEventListener('abort', stop);
      await this.#synced;
      await this.#options.spool.close();
      client.destroy();
    }
  }

  /** Where the log goes on: behind what is kept, or where the slot begins. */
  async #resume(client: ReplicationClient): Promise<Lsn> {
    const { spool, segmentBytes, name } = this.#options;
    const identity = await client.identify();
    this.#systemId = identity.systemId;
    this.#timeline = identity.timeline;
    const slotAt = await this.#openSlot(client, name);
    const partial = (await spool.list()).at(-1);
    this.#segment = Buffer.alloc(segmentBytes);
    let at = segmentStart(slotAt ?? identity.flushed, segmentBytes);
    if (partial) {
      const { start } = parseSegmentName(partial.name, segmentBytes);
      partial.bytes.copy(this.#segment);
      at = start + BigInt(partial.bytes.length);
    }
    this.#written = at;
    this.#flushed = at;
    return at;
  }

  async #openSlot(client: ReplicationClient, name: string): Promise<Lsn | undefined> {
    const [[type, restart] = []] = await client.rows(`READ_REPLICATION_SLOT "${name}"`);
    if (type) return restart ? parseLsn(restart) : undefined;
    await client.rows(`CREATE_REPLICATION_SLOT "${name}" PHYSICAL RESERVE_WAL`);
    const [[, made] = []] = await client.rows(`READ_REPLICATION_SLOT "${name}"`);
    return made ? parseLsn(made) : undefined;
  }

  /** One stretch may end a segment and begin the next. */
  async #take({ start, bytes }: WalChunk): Promise<void> {
    const { segmentBytes, spool } = this.#options;
    let at = start;
    let rest = bytes;
    while (rest.length > 0) {
      const first = segmentStart(at, segmentBytes);
      const offset = Number(at - first);
      const piece = rest.subarray(0, segmentBytes - offset);
      piece.copy(this.#segment, offset);
      await spool.append(this.#nameOf(first), at, piece);
      at += BigInt(piece.length);
      rest = rest.subarray(piece.length);
      this.#written = at;
      if (offset + piece.length === segmentBytes) await this.#complete(first);
    }
    if (!this.#isSyncing) this.#synced = this.#sync();
  }

  #nameOf(at: Lsn): string {
    return segmentName(this.#timeline, at, this.#options.segmentBytes);
  }

  /** One sync covers everything that arrives while the one before is under way. */
  async #sync(): Promise<void> {
    this.#isSyncing = true;
    try {
      while (this.#flushed < this.#written) {
        const upTo = this.#written;
        await this.#options.spool.sync();
        if (upTo > this.#flushed) this.#flushed = upTo;
        await this.#report();
      }
    } catch (error) {
      this.#failure = error;
      this.#client?.destroy();
    } finally {
      this.#isSyncing = false;
    }
  }

  /** A whole segment moves to the repository; only then the spool forgets it. */
  async #complete(first: Lsn): Promise<void> {
    const { objects, spool } = this.#options;
    const name = this.#nameOf(first);
    await this.#synced;
    const content = Buffer.from(this.#segment);
    await objects.write(walObjectName(this.#systemId, name), once(content));
    this.#segment.fill(0);
    this.#flushed = this.#written;
    await spool.remove(name);
    await this.#report();
  }

  async #report(): Promise<void> {
    const { now, onProgress } = this.#options;
    const at = { written: this.#written, flushed: this.#flushed };
    if (this.#client) await sendStatus(this.#client, at, now());
    onProgress({ flushed: this.#flushed, serverEnd: this.#serverEnd });
  }
}

async function* once(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}
