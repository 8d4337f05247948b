/**
 * `changes`: a wedding's feed has grown, key = wedding id. `outbox`: jobs wait, key unused.
 * `presence`: somebody looks elsewhere in a seating plan, key = event id.
 */
export const wakeChannels = ['changes', 'outbox', 'presence'] as const;
export type WakeChannel = (typeof wakeChannels)[number];
