-- What the integrity check found, and when it ran.
set lock_timeout = '5s';
set statement_timeout = '60s';

create table ops.integrity_runs (
  id uuid primary key,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  days int not null,
  checks jsonb not null default '[]',
  constraint integrity_runs_days_ck check (days between 1 and 400)
);
create index integrity_runs_started_at_ix on ops.integrity_runs (started_at desc);
comment on table ops.integrity_runs is 'One row per run of the integrity check, with what each check looked at and found';
comment on column ops.integrity_runs.days is 'How far back messages were looked at';
grant select, insert, update, delete on ops.integrity_runs to wedsync_worker;

create table ops.integrity_findings (
  id uuid primary key,
  fingerprint bytea not null,
  check_name text not null,
  severity text not null,
  org_id uuid,
  wedding_id uuid,
  message_id uuid,
  entity_id uuid,
  details jsonb not null default '{}',
  state text not null default 'open',
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  closed_at timestamptz,
  closed_by uuid,
  note text,
  constraint integrity_findings_severity_ck check (severity in ('error', 'warning')),
  constraint integrity_findings_state_ck check (state in ('open', 'repaired', 'gone', 'accepted')),
  constraint integrity_findings_closed_at_ck check ((state = 'open') = (closed_at is null)),
  constraint integrity_findings_fingerprint_ck check (length(fingerprint) = 32),
  constraint integrity_findings_note_ck check (length(note) between 3 and 300)
);
create unique index integrity_findings_fingerprint_uq on ops.integrity_findings (fingerprint)
  where state = 'open';
create index integrity_findings_first_seen_at_ix on ops.integrity_findings (first_seen_at desc, id desc);
create index integrity_findings_org_id_ix on ops.integrity_findings (org_id, first_seen_at desc)
  where org_id is not null;
comment on table ops.integrity_findings is 'What broke a rule of the ledger or of the law, with ids and numbers and never an address';
comment on column ops.integrity_findings.fingerprint is 'SHA-256 of check and place: the same break is one finding, seen again';
comment on column ops.integrity_findings.state is 'repaired by the check itself; gone by the next run; accepted by an operator';
grant select, insert, update, delete on ops.integrity_findings to wedsync_worker;
grant select, update on ops.integrity_findings to wedsync_definer;
grant select on ops.integrity_runs to wedsync_definer;
