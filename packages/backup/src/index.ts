export {
  addBackupKey,
  openBackupKeys,
  rewrapBackupKeys,
} from './adapters/repository/backup-keys.ts';
export { createFileStore } from './adapters/repository/file-store.ts';
export { ObjectMissing, type ObjectStore } from './adapters/repository/object-store.ts';
export { type BackupKeys, SealedObjects } from './adapters/repository/sealed-objects.ts';
export { WalSpool } from './adapters/wal/wal-spool.ts';
export { WalVault, type WalVaultOptions } from './adapters/wal/wal-vault.ts';
export { listBackups, listSystems, type Repository, removeBackup } from './catalogue.ts';
export { type BackupRecord, expiredBackups } from './model/backup-record.ts';
export { formatLsn, type Lsn, parseLsn } from './model/lsn.ts';
export { DamagedObject } from './model/sealed-chunks.ts';
export { type RecoveryTarget, restoreCluster } from './restore-cluster.ts';
export { takeBackup } from './take-backup.ts';
export { type BackupFinding, verifyBackup } from './verify-backup.ts';
