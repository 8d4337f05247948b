import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { ConnectionOptions, QueueConnection, QueueKey } from './connection.ts';

const prefixDefault = 'wedsync';

/**
 * BullMQ on Redis. Producers fail fast, so that a relay notices a dead Redis and keeps its rows;
 * workers wait for Redis to come back, as BullMQ demands of their connection.
 */
export function connectRedis(options: ConnectionOptions & { redisUrl: string }): QueueConnection {
  const { redisUrl, log, prefix = prefixDefault } = options;
  const onError = (err: Error) => log.warn({ event: 'queue.redis_error', err }, 'Redis failed');
  const open = (maxRetriesPerRequest: number | null) => {
    const client = new Redis(redisUrl, {
      maxRetriesPerRequest,
      connectTimeout: 3_000,
      retryStrategy: (times) => Math.min(100 * times, 2_000),
    });
    client.on('error', onError);
    return client;
  };
  const producer = open(1);
  let consumer: Redis | undefined;
  const queues = new Map<QueueKey, Queue>();

  return {
    kind: 'redis',
    migrate: () => Promise.resolve(),
    queue(name) {
      const existing = queues.get(name);
      if (existing) return existing;
      const queue = new Queue(name, { connection: producer, prefix });
      queue.on('error', onError);
      queues.set(name, queue);
      return queue;
    },
    worker(name, processor, settings) {
      consumer ??= open(null);
      const worker = new Worker(name, processor, {
        ...settings,
        connection: consumer,
        prefix,
        autorun: false,
      });
      worker.on('error', onError);
      return worker;
    },
    async ping() {
      await producer.ping();
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      producer.disconnect();
      consumer?.disconnect();
    },
  };
}
