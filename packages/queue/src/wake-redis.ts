import type { Logger } from '@wedsync/platform/log';
import { Redis } from 'ioredis';
import type { Wake } from './wake.ts';
import { type WakeChannel, wakeChannels } from './wake-channels.ts';
import { WakeSubscribers } from './wake-subscribers.ts';

const topicOf = (channel: WakeChannel) => `wedsync:wake:${channel}`;
const channelOf = new Map<string, WakeChannel>(
  wakeChannels.map((channel) => [topicOf(channel), channel]),
);

/** Redis pub/sub: one connection publishes, one listens; ioredis subscribes again by itself. */
export function createRedisWake(redisUrl: string, log: Logger): Wake {
  const subscribers = new WakeSubscribers(log);
  const retryStrategy = (times: number) => Math.min(100 * times, 2_000);
  const onError = (err: Error) => log.warn({ event: 'queue.wake_error', err }, 'Redis failed');
  const publisher = new Redis(redisUrl, { maxRetriesPerRequest: 1, retryStrategy });
  const listener = new Redis(redisUrl, { maxRetriesPerRequest: null, retryStrategy });
  publisher.on('error', onError);
  listener.on('error', onError);
  listener.on('message', (topic, key) => {
    const channel = channelOf.get(topic);
    if (channel) subscribers.deliver(channel, key);
  });
  let wasReady = false;
  listener.on('ready', () => {
    if (wasReady) subscribers.deliverGap();
    wasReady = true;
  });

  return {
    async publish(channel, key) {
      await publisher.publish(topicOf(channel), key);
    },
    async subscribe(channel, fn) {
      subscribers.add(channel, fn);
      await listener.subscribe(topicOf(channel));
      return () => {
        subscribers.remove(channel, fn);
        return Promise.resolve();
      };
    },
    close() {
      publisher.disconnect();
      listener.disconnect();
      return Promise.resolve();
    },
  };
}
