/** development keeps every promise about durability; test trades all of them for speed. */
export type PostgresProfile = 'development' | 'test';

const always: Readonly<Record<string, string>> = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track': 'top',
  max_connections: '200',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  jit: 'off',
  track_io_timing: 'on',
  log_line_prefix: '%m [%p] %q%u@%d ',
  // What a slow statement was given may be somebody's name.
  log_parameter_max_length: '0',
  idle_in_transaction_session_timeout: '5min',
};

const byProfile: Readonly<Record<PostgresProfile, Readonly<Record<string, string>>>> = {
  development: {
    shared_buffers: '128MB',
    max_wal_size: '512MB',
    min_wal_size: '64MB',
    checkpoint_timeout: '10min',
    log_min_duration_statement: '1s',
  },
  test: {
    shared_buffers: '128MB',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_wal_size: '2GB',
    checkpoint_timeout: '30min',
    autovacuum_naptime: '5min',
    log_checkpoints: 'off',
  },
};

/**
 * The content of wedsync.conf, which postgresql.conf includes. A file rather than command-line
 * switches, so that ALTER SYSTEM (and with it the tuning room) can override each of them.
 */
export function settingsFile(profile: PostgresProfile): string {
  const settings = { ...always, ...byProfile[profile] };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  return [
    '# Written at every start. Use ALTER SYSTEM for settings of your own.',
    ...lines,
    '',
  ].join('\n');
}
