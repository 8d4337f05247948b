-- What the sweeps that run as the definer role may delete.
set lock_timeout = '5s';
set statement_timeout = '60s';

grant select, delete on ops.rate_limits to wedsync_definer;
