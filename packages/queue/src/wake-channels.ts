/** `changes`: a wedding's feed has grown, key = wedding id. `outbox`: jobs wait, key unused. */
export const wakeChannels = ['changes', 'outbox'] as const;
export type WakeChannel = (typeof wakeChannels)[number];
