-- The key arrives as its two padded blocks (RFC 2104), because core PostgreSQL has SHA-256 but no
-- HMAC, and the hash is needed set-based, inside the statement that freezes an audience.
create or replace function wedding.address_hash(address text, inner_pad bytea, outer_pad bytea) returns bytea
  language sql immutable strict parallel safe set search_path = ''
  return sha256(outer_pad || sha256(inner_pad || convert_to(lower(btrim(address)), 'UTF8')));
comment on function wedding.address_hash(text, bytea, bytea) is
  'HMAC-SHA-256 of a normalized address under the wedding''s key; the only place where addresses are hashed';
revoke execute on function wedding.address_hash(text, bytea, bytea) from public;
grant execute on function wedding.address_hash(text, bytea, bytea) to wedsync_app, wedsync_worker;
