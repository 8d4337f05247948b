import type { Logger } from '@wedsync/platform/log';
import postgres from 'postgres';
import type { Wake } from './wake.ts';
import type { WakeChannel } from './wake-channels.ts';
import { WakeSubscribers } from './wake-subscribers.ts';

const topicOf = (channel: WakeChannel) => `wedsync_${channel}`;

interface Tap {
  channel: WakeChannel;
  key: string;
}

/**
 * LISTEN/NOTIFY: postgres.js keeps one connection for listening, opens it again when it is lost and
 * then listens to every channel anew. Taps that pile up while one statement is under way travel
 * together and once each, because NOTIFY takes a lock on the whole cluster at commit.
 */
export function createPostgresWake(databaseUrl: string, log: Logger): Wake {
  const subscribers = new WakeSubscribers(log);
  const sql = postgres(databaseUrl, {
    max: 1,
    connect_timeout: 3,
    backoff: () => 0.2,
    connection: { application_name: 'wedsync-wake' },
    onnotice: () => {},
  });
  const listening = new Map<WakeChannel, Promise<unknown>>();
  const waiting = new Map<string, Tap>();
  let sending: Promise<void> | undefined;

  function listen(channel: WakeChannel): Promise<unknown> {
    let heard = false;
    return sql.listen(
      topicOf(channel),
      (key) => subscribers.deliver(channel, key),
      () => {
        if (heard) subscribers.deliver(channel, '');
        heard = true;
      },
    );
  }

  async function send(): Promise<void> {
    // One turn of the event loop gathers the taps of transactions that commit together.
    await new Promise((resolve) => setImmediate(resolve));
    sending = undefined;
    const taps = [...waiting.values()];
    waiting.clear();
    const topics = taps.map((tap) => topicOf(tap.channel));
    const keys = taps.map((tap) => tap.key);
    await sql`
      select pg_notify(topic, key) from unnest(${topics}::text[], ${keys}::text[]) as taps (topic, key)`;
  }

  return {
    publish(channel, key) {
      waiting.set(`${channel}:${key}`, { channel, key });
      sending ??= send();
      return sending;
    },
    async subscribe(channel, fn) {
      subscribers.add(channel, fn);
      const started = listening.get(channel) ?? listen(channel);
      listening.set(channel, started);
      await started;
      return () => {
        subscribers.remove(channel, fn);
        return Promise.resolve();
      };
    },
    async close() {
      await sql.end({ timeout: 2 });
    },
  };
}
