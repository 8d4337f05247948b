create or replace function wedding.delivery_rank(state text) returns int
  language sql immutable parallel safe set search_path = ''
  return case state when 'sent' then 1 when 'delivered' then 2 when 'bounced' then 3
    when 'complained' then 4 when 'ready' then 0 when 'claimed' then 0 when 'in_doubt' then 0 end;
comment on function wedding.delivery_rank(text) is
  'How far a delivery has come: 0 not known to have left, 1 sent, … 4 complained; NULL where it ended otherwise';
revoke execute on function wedding.delivery_rank(text) from public;
grant execute on function wedding.delivery_rank(text) to wedsync_definer;

create or replace function wedding.suppression_rank(reason text) returns int
  language sql immutable parallel safe set search_path = ''
  return array_position(
    array['soft_bounced', 'bounced', 'manual', 'complained', 'unsubscribed', 'erased'], reason);
comment on function wedding.suppression_rank(text) is
  'Which of two reasons stays: what the guest wished weighs more than what a mail system reported';
revoke execute on function wedding.suppression_rank(text) from public;
grant execute on function wedding.suppression_rank(text) to wedsync_app, wedsync_worker, wedsync_definer;
