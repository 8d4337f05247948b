import type { Logger } from '@wedsync/platform/log';
import type { WakeChannel } from './wake-channels.ts';

type Listener = (key: string) => void;

/** Who listens to what in this process; several listeners share one subscription of the channel. */
export class WakeSubscribers {
  readonly #listeners = new Map<WakeChannel, Set<Listener>>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  add(channel: WakeChannel, fn: Listener): void {
    const listeners = this.#listeners.get(channel) ?? new Set();
    listeners.add(fn);
    this.#listeners.set(channel, listeners);
  }

  remove(channel: WakeChannel, fn: Listener): void {
    this.#listeners.get(channel)?.delete(fn);
  }

  deliver(channel: WakeChannel, key: string): void {
    for (const listener of this.#listeners.get(channel) ?? []) {
      try {
        listener(key);
      } catch (err) {
        this.#log.error({ event: 'queue.wake_listener_failed', channel, err }, 'a listener failed');
      }
    }
  }

  /** After a gap nobody knows what was missed: everybody looks again. */
  deliverGap(): void {
    for (const channel of this.#listeners.keys()) this.deliver(channel, '');
  }
}
