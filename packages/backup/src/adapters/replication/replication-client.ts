import { once } from 'node:events';
import pg from 'pg';
import { type Lsn, parseLsn } from '../../model/lsn.ts';
import { type Answer, Command, type Wire } from './command.ts';

/** What a server says of itself. */
export interface SystemIdentity {
  /** The same for a cluster and all its copies; decimal. */
  systemId: string;
  timeline: number;
  /** How far its log was flushed. */
  flushed: Lsn;
}

/** `pg` has these methods but leaves them out of its types. */
const isWire = (connection: object): connection is Wire =>
  'sendCopyFromChunk' in connection && 'endCopyFrom' in connection && 'stream' in connection;

const connectTimeoutMs = 10_000;

/**
 * A connection in replication mode ("Streaming Replication Protocol" in PostgreSQL's manual).
 * Authentication, TLS and framing are those of `pg`. One command at a time.
 */
export class ReplicationClient {
  readonly #client: pg.Client;
  readonly #wire: Wire;

  private constructor(client: pg.Client, wire: Wire) {
    this.#client = client;
    this.#wire = wire;
  }

  /**
   * @param url with a login that has REPLICATION
   * @throws Error as `pg` reports it
   */
  static async open(url: string, applicationName: string): Promise<ReplicationClient> {
    const settings = {
      connectionString: url,
      application_name: applicationName,
      replication: 'true',
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
    };
    const client = new pg.Client(settings);
    // The loss of a connection fails the command under way; without a listener it ended the process.
    client.on('error', () => {});
    await client.connect();
    const { connection } = client;
    if (!isWire(connection)) throw new Error('this version of pg hides its connection');
    return new ReplicationClient(client, connection);
  }

  /** Sends a command and yields what is answered. @throws Error of the server, with `code` */
  run(text: string): AsyncIterable<Answer> {
    const command = new Command(text, this.#wire);
    this.#client.query(command);
    return command;
  }

  /** Rows of a command that answers with nothing else. */
  async rows(text: string): Promise<(string | null)[][]> {
    const rows: (string | null)[][] = [];
    for await (const answer of this.run(text)) {
      if (answer.kind === 'row') rows.push(answer.values);
    }
    return rows;
  }

  async identify(): Promise<SystemIdentity> {
    const [[systemId, timeline, flushed] = []] = await this.rows('IDENTIFY_SYSTEM');
    return {
      systemId: systemId ?? '',
      timeline: Number(timeline),
      flushed: parseLsn(flushed ?? ''),
    };
  }

  /** A setting of the server, in the server's own words, e.g. `16MB`. */
  async setting(name: string): Promise<string> {
    const [[value] = []] = await this.rows(`SHOW ${pg.escapeIdentifier(name)}`);
    return value ?? '';
  }

  /** Sends copy data; resolves once there is room for more. */
  async send(bytes: Buffer): Promise<void> {
    this.#wire.sendCopyFromChunk(bytes);
    const { stream } = this.#wire;
    if (stream.writableNeedDrain) await once(stream, 'drain');
  }

  endCopy(): void {
    this.#wire.endCopyFrom();
  }

  async close(): Promise<void> {
    await this.#client.end();
  }

  /** Ends the connection at once, whatever is under way. */
  destroy(): void {
    this.#wire.stream.destroy();
  }
}
