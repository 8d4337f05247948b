import type { DeliveryState } from '@wedsync/contracts/communications';
import type { ChannelStatistics } from '@wedsync/contracts/communications-statistics';

/** What became of everything on one channel, or on several; every delivery is in one figure. */
export interface ChannelFigures {
  all: number;
  waiting: number;
  /** Taken by the other side, whatever came of it then. */
  left: number;
  delivered: number;
  cameBack: number;
  failed: number;
  inDoubt: number;
  leftOut: number;
  stopped: number;
}

/** Adds channels up. A delivery that came back or was unwelcome had left before. */
export function figuresOf(channels: readonly Pick<ChannelStatistics, 'counts'>[]): ChannelFigures {
  const count = (...states: DeliveryState[]) =>
    channels.reduce(
      (sum, { counts }) => sum + states.reduce((part, state) => part + (counts[state] ?? 0), 0),
      0,
    );
  const figures = {
    waiting: count('ready', 'claimed'),
    left: count('sent', 'delivered', 'bounced', 'complained'),
    failed: count('failed'),
    inDoubt: count('in_doubt'),
    leftOut: count('skipped'),
    stopped: count('cancelled'),
  };
  return {
    ...figures,
    all: Object.values(figures).reduce((sum, part) => sum + part, 0),
    delivered: count('delivered'),
    cameBack: count('bounced', 'complained'),
  };
}

/** A share in whole per cent; nothing where there is nothing to have a share of. */
export function shareWords(part: number, whole: number): string | undefined {
  if (whole === 0) return undefined;
  const share = (part / whole) * 100;
  // What has happened is never shown as nothing, and what lacks something never as everything.
  if (part > 0 && share < 1) return 'less than 1 %';
  return `${part < whole ? Math.min(99, Math.round(share)) : 100} %`;
}
