import { formatLsn, type Lsn } from '../../model/lsn.ts';
import type { ReplicationClient } from './replication-client.ts';

/** Microseconds between the epochs of Unix and PostgreSQL (2000-01-01). */
const epochUs = 946_684_800_000_000n;
const walData = 0x77;
const keepalive = 0x6b;
const standbyStatus = 0x72;

/** A stretch of the log. */
export interface WalChunk {
  kind: 'wal';
  start: Lsn;
  bytes: Buffer;
  /** How far the server had written when it sent this. */
  serverEnd: Lsn;
}

export interface Keepalive {
  kind: 'keepalive';
  serverEnd: Lsn;
  /** The server ends the connection unless it hears from us soon. */
  wantsReply: boolean;
}

export interface WalStreamOptions {
  slot: string;
  timeline: number;
  /** The first byte wanted: the start of a segment. */
  from: Lsn;
}

function decode(bytes: Buffer): WalChunk | Keepalive {
  const [kind] = bytes;
  if (kind === walData) {
    return {
      kind: 'wal',
      start: bytes.readBigUInt64BE(1),
      serverEnd: bytes.readBigUInt64BE(9),
      bytes: bytes.subarray(25),
    };
  }
  if (kind === keepalive) {
    return { kind: 'keepalive', serverEnd: bytes.readBigUInt64BE(1), wantsReply: bytes[17] === 1 };
  }
  throw new Error(`unknown message ${kind} in a stream of the log`);
}

/**
 * The log as it is written, from a replication slot. Ends when the server stops or the timeline
 * ends.
 * @throws Error of the server, e.g. when the slot does not exist or the log was removed
 */
export async function* streamWal(
  client: ReplicationClient,
  { slot, timeline, from }: WalStreamOptions,
): AsyncGenerator<WalChunk | Keepalive> {
  const text = `START_REPLICATION SLOT "${slot}" PHYSICAL ${formatLsn(from)} TIMELINE ${timeline}`;
  for await (const answer of client.run(text)) {
    if (answer.kind === 'copy-data') yield decode(answer.bytes);
    else if (answer.kind === 'copy-done') client.endCopy();
  }
}

/**
 * Tells the server how far the log is kept. Up to `flushed` it may forget the log and, to a
 * synchronous standby, report commits as done: it must be on stable storage.
 */
export function sendStatus(
  client: ReplicationClient,
  at: { written: Lsn; flushed: Lsn },
  nowMs: number,
): Promise<void> {
  const bytes = Buffer.alloc(34);
  bytes[0] = standbyStatus;
  bytes.writeBigUInt64BE(at.written, 1);
  bytes.writeBigUInt64BE(at.flushed, 9);
  // Nothing is applied here: a vault keeps, it does not answer queries.
  bytes.writeBigUInt64BE(0n, 17);
  bytes.writeBigInt64BE(BigInt(nowMs) * 1_000n - epochUs, 25);
  return client.send(bytes);
}
