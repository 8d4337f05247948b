import { DomainError } from '@wedsync/contracts/errors';
import type { CommunicationsSettings } from './ports.ts';

/** What decides whether text messages can leave at all. */
export type SmsProviderGround = Pick<CommunicationsSettings, 'smsFrom'>;

/** By which channels a message leaves. */
interface Channels {
  channel: string;
  fallbackChannel?: string | null;
}

export interface SmsObstacle {
  code: 'sms-not-configured' | 'sms-fallback-not-configured';
  /** What stands in the way, and what to do about it. */
  message: string;
  remedy: string;
}

const remedy =
  'Choose another channel, or ask whoever runs WedSync here to set up a provider (SMS_URL and SMS_FROM).';

/** What keeps a message from being sent because nothing can be texted here; undefined: nothing. */
export function smsObstacle(
  message: Channels,
  { smsFrom }: SmsProviderGround,
): SmsObstacle | undefined {
  if (smsFrom !== undefined) return undefined;
  if (message.channel === 'sms') {
    return {
      code: 'sms-not-configured',
      message: 'Text messages cannot leave: this installation has no SMS provider.',
      remedy,
    };
  }
  if (message.fallbackChannel === 'sms') {
    return {
      code: 'sms-fallback-not-configured',
      message:
        'Whom this does not reach would be texted, but this installation has no SMS provider.',
      remedy: `${remedy} Or leave it at the first channel.`,
    };
  }
  return undefined;
}

/**
 * Refuses what would wait for a provider that is not there.
 * @throws DomainError `precondition` `communications.sms-not-configured`
 */
export function requireSms(message: Channels, ground: SmsProviderGround): void {
  const obstacle = smsObstacle(message, ground);
  if (!obstacle) return;
  throw new DomainError(
    'precondition',
    `communications.${obstacle.code}`,
    `${obstacle.message} ${obstacle.remedy}`,
  );
}
