-- SECURITY DEFINER: counts over all weddings, which say nothing about anybody; for operators.
set local role wedsync_definer;

create or replace function ops.list_feedback_counts(days int)
returns table (day date, provider text, kind text, bounce_class text, code text, n int)
  language plpgsql stable security definer set search_path = ''
as $$
begin
  perform ops.require_operator();
  return query
  select c.day, c.provider, c.kind, c.bounce_class, c.code, sum(c.n)::int
  from ops.feedback_counts c
  where c.day > (now() at time zone 'UTC')::date - days
  group by 1, 2, 3, 4, 5;
end
$$;
comment on function ops.list_feedback_counts(int) is
  'What came back in the last days, per day, mail system, kind and code; operators only';
revoke execute on function ops.list_feedback_counts(int) from public;
grant execute on function ops.list_feedback_counts(int) to wedsync_app;

create or replace function ops.list_feedback_refusals(days int)
returns table (source text, reason text, n int)
  language plpgsql stable security definer set search_path = ''
as $$
begin
  perform ops.require_operator();
  return query
  select r.source, r.reason, sum(r.n)::int
  from ops.feedback_refusals r
  where r.day > (now() at time zone 'UTC')::date - days
  group by 1, 2 order by 3 desc;
end
$$;
comment on function ops.list_feedback_refusals(int) is
  'Reports of the last days that could not be used, by why; operators only';
revoke execute on function ops.list_feedback_refusals(int) from public;
grant execute on function ops.list_feedback_refusals(int) to wedsync_app;
