import { createKeyRing, type KeyRing } from '@wedsync/service/key-ring';

/** The master key of every test: what one process seals, another one can open. */
export const testMasterKey = Buffer.from('test-master-key-of-32-bytes-0001').toString('base64');

/** The ring of this test process. */
export const testKeyRing: KeyRing = createKeyRing({ masterKey: testMasterKey });
