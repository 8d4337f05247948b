create or replace function wedding.delivery_id(message_id uuid, guest_id uuid, channel text) returns uuid
  language sql immutable strict parallel safe set search_path = ''
begin atomic
  select encode(
    set_byte(set_byte(digest.head, 6, (get_byte(digest.head, 6) & 15) | 128),
      8, (get_byte(digest.head, 8) & 63) | 128), 'hex')::uuid
  from (select substring(
    sha256(uuid_send(message_id) || uuid_send(guest_id) || convert_to(channel, 'UTF8')) from 1 for 16) as head) as digest;
end;
comment on function wedding.delivery_id(uuid, uuid, text) is
  'UUIDv8 (RFC 9562) that follows from the ledger''s key: expanding twice names the same rows, and so does the Message-ID';
revoke execute on function wedding.delivery_id(uuid, uuid, text) from public;
grant execute on function wedding.delivery_id(uuid, uuid, text) to wedsync_app, wedsync_worker;
