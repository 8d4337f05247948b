import type { PoolReading } from '@wedsync/contracts/monitoring';
import type { ServiceDb } from '@wedsync/db/client';
import type { MailClient } from '@wedsync/platform/embedded/mail-client';
import type { SmsClient } from '@wedsync/platform/embedded/sms-client';
import type { QueueConnection } from '@wedsync/queue/connection';
import type { ServiceContext } from '@wedsync/service/context';

/** What operators look into and no other room needs; the server hands it in once. */
export interface MonitoringDeps {
  /** Logged in as `wedsync_monitor`: reads PostgreSQL's own statistics and nothing of any tenant. */
  statistics: ServiceDb;
  queue: QueueConnection;
  /** Undefined where mail leaves through a real relay. */
  mail?: MailClient | undefined;
  /** Undefined where texts leave through a real provider, or not at all. */
  texts?: SmsClient | undefined;
  /** The instance name in this process's heartbeat. */
  instance: string;
  /** This process's pools, at this moment. */
  readPools: () => PoolReading[];
}

/** The context of a verb or query of this room; its actor is an operator. */
export type MonitoringContext = ServiceContext & { monitoring: MonitoringDeps };
