-- The same order stands in record_delivery_events, which compares rows by the thousand.
create or replace function wedding.suppression_rank(reason text) returns int
  language sql immutable parallel safe set search_path = ''
  return array_position(
    array['soft_bounced', 'bounced', 'manual', 'complained', 'unsubscribed', 'erased'], reason);
comment on function wedding.suppression_rank(text) is
  'Which of two reasons stays: what the guest wished weighs more than what a mail system reported';
revoke execute on function wedding.suppression_rank(text) from public;
grant execute on function wedding.suppression_rank(text) to wedsync_app, wedsync_worker;
