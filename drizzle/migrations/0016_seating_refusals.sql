-- transaction: none
set lock_timeout = '5s';
set statement_timeout = '30min';
-- Operators look for refused changes of seating plans over all weddings; they are rare in a large
-- table. Squawk is told that no transaction wraps this file, as its first line asks of the runner.
-- squawk-ignore ban-concurrent-index-creation-in-transaction
create index concurrently if not exists audit_log_seating_refused_ix on wedding.audit_log (at desc, id desc)
  where action = 'seating.refused';
