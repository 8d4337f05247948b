import { WeddingId } from '@wedsync/contracts/ids';
import { createTenantDb } from '@wedsync/db/client';
import { createLogger } from '@wedsync/platform/log';
import { testKeyRing } from '@wedsync/testing/key-ring';
import { rotateDataKey } from '../rotate-data-keys.ts';

/** A process that rotates one wedding's data key, for tests that kill it: url and wedding as arguments. */
const [, , url = '', wedding = ''] = process.argv;
const db = createTenantDb({ url, max: 2, applicationName: 'test-rotation' });
await rotateDataKey(
  {
    db,
    keyRing: testKeyRing,
    log: createLogger({ service: 'test', level: 'silent' }),
    signal: new AbortController().signal,
    graceMs: 0,
    restFactor: 0,
  },
  WeddingId.parse(wedding),
);
process.stdout.write('done\n');
process.exit(0);
