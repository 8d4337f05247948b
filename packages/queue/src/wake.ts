/** `changes`: a wedding's feed has grown, key = wedding id. `outbox`: jobs wait, key = queue name. */
export const wakeChannels = ['changes', 'outbox'] as const;
export type WakeChannel = (typeof wakeChannels)[number];

/**
 * A tap on the shoulder between processes. It may be lost or doubled, so a receiver always reads
 * the database and polls as well; it carries ids only.
 */
export interface Wake {
  publish(channel: WakeChannel, key: string): Promise<void>;
  /** Resolves once messages are being received; the returned function ends the subscription. */
  subscribe(channel: WakeChannel, fn: (key: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
