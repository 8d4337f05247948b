import { describe, expect, it } from 'vitest';
import { createTestDatabase } from './testing/test-database.ts';

// What the catalog itself says about the finished database: rules that a new table or function
// breaks silently unless somebody looks.
const { admin } = await createTestDatabase();

/** Reference data without a tenant; readable by everybody, written by migrations only. */
const withoutTenant = ['wedding.tier_limits'];

const ourSchemas = ['wedding', 'ops', 'auth'];

describe('every tenant table', () => {
  it('has row-level security enabled and forced', async () => {
    const open = await admin<{ name: string }[]>`
      select format('%s.%s', nspname, relname) as name
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where nspname in ('wedding', 'auth') and relkind in ('r', 'p')
        and not (relrowsecurity and relforcerowsecurity)`;
    expect(open.map(({ name }) => name)).toEqual(withoutTenant);
  });

  it('has its tenant first in the primary key or in a unique key', async () => {
    const loose = await admin<{ name: string }[]>`
      select relname as name
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where nspname = 'wedding' and relkind in ('r', 'p')
        and relname not in ('tier_limits', 'organizations')
        and not exists (
          select from pg_index
          join pg_attribute on attrelid = indrelid and attnum = indkey[0]
          where indrelid = pg_class.oid and indisunique and attname in ('wedding_id', 'org_id'))`;
    expect(loose.map(({ name }) => name)).toEqual([]);
  });

  it('names the tenant in each foreign key to another tenant table', async () => {
    const loose = await admin<{ name: string }[]>`
      select conname as name
      from pg_constraint
      join pg_class source on source.oid = conrelid
      join pg_class target on target.oid = confrelid
      join pg_namespace on pg_namespace.oid = source.relnamespace
      where contype = 'f' and nspname = 'wedding' and target.relnamespace = source.relnamespace
        and target.relname not in ('tier_limits')
        and not exists (
          select from pg_attribute
          where attrelid = conrelid and attnum = conkey[1] and attname in ('wedding_id', 'org_id'))`;
    expect(loose.map(({ name }) => name)).toEqual([]);
  });

  it('has policies that evaluate the claims once per statement', async () => {
    const slow = await admin<{ name: string }[]>`
      select policyname as name from pg_policies
      where schemaname in ('wedding', 'auth')
        and coalesce(qual, '') || coalesce(with_check, '') ~ 'current_(wedding|org|user|household)_id'
        and coalesce(qual, with_check) !~* '[(] ?SELECT (wedding[.])?current_'`;
    expect(slow.map(({ name }) => name)).toEqual([]);
  });

  it('refuses TRUNCATE even to its owner', async () => {
    const refusal = admin`truncate wedding.changes`;
    await expect(refusal).rejects.toMatchObject({ code: '42501' });
  });
});

describe('every partition', () => {
  it('is reached through its parent alone', async () => {
    const open = await admin<{ name: string }[]>`
      select relname as name from pg_class
      where relnamespace = any(${ourSchemas}::regnamespace[]) and relispartition and relkind = 'r'
        and (exists (select from pg_policy where polrelid = pg_class.oid)
          or exists (select from aclexplode(relacl) where grantee <> relowner))`;
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it('stands ready for the months to come', async () => {
    const made = await admin<{ parent: string; months: number }[]>`
      select inhparent::regclass::text as parent, count(*)::int as months from pg_inherits
      where inhparent in ('wedding.messages'::regclass, 'wedding.deliveries'::regclass)
        and inhrelid::regclass::text ~ '_y[0-9]{4}m[0-9]{2}$'
      group by 1 order by 1`;
    expect(made.map(({ parent }) => parent)).toEqual(['wedding.deliveries', 'wedding.messages']);
    for (const { months } of made) expect(months).toBeGreaterThanOrEqual(5);
  });
});

describe('privileges', () => {
  it('give PUBLIC nothing', async () => {
    const relations = await admin<{ name: string }[]>`
      select format('%s.%s %s', nspname, relname, privilege_type) as name
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace, aclexplode(relacl)
      where nspname = any(${ourSchemas}) and grantee = 0`;
    const functions = await admin<{ name: string }[]>`
      select oid::regprocedure::text as name from pg_proc
      where pronamespace = any(${ourSchemas}::regnamespace[])
        and (proacl is null or exists (select from aclexplode(proacl) where grantee = 0))`;
    const schemas = await admin<{ name: string }[]>`
      select nspname as name from pg_namespace, aclexplode(nspacl)
      where nspname = any(${ourSchemas}) and grantee = 0`;
    expect([...relations, ...functions, ...schemas].map(({ name }) => name)).toEqual([]);
  });

  it('make no login a superuser, exempt from row-level security, or owner of tables', async () => {
    const strong = await admin<{ name: string }[]>`
      select rolname as name from pg_roles
      where rolname like 'wedsync_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`;
    const owners = await admin<{ name: string }[]>`
      select distinct pg_get_userbyid(relowner)::text as name
      from pg_class where relnamespace = any(${ourSchemas}::regnamespace[])`;
    expect(strong.map(({ name }) => name)).toEqual([]);
    expect(owners.map(({ name }) => name)).toEqual(['wedsync_owner']);
  });

  it('let only the sign-in role read credentials', async () => {
    const readers = await admin<{ name: string }[]>`
      select format('%s %s.%s', rolname, table_name, column_name) as name
      from information_schema.columns
      cross join pg_roles
      where table_schema = 'auth'
        and column_name ~ '(password|secret|backup_codes|token|public_key|value)'
        and rolname like 'wedsync_%'
        and rolname not in ('wedsync_auth', 'wedsync_owner', 'wedsync_definer')
        and has_column_privilege(rolname, format('auth.%I', table_name), column_name, 'select')`;
    expect(readers.map(({ name }) => name)).toEqual([]);
  });
});

describe('every function', () => {
  it('fixes its search path, unless its body was bound when it was created', async () => {
    const loose = await admin<{ name: string }[]>`
      select oid::regprocedure::text as name from pg_proc
      where pronamespace = any(${ourSchemas}::regnamespace[]) and prosqlbody is null
        and not exists (select from unnest(proconfig) as setting where setting like 'search_path=%')`;
    expect(loose.map(({ name }) => name)).toEqual([]);
  });

  it('that runs as its definer belongs to the definer role, which nobody can log in as', async () => {
    // Only the owner of a partitioned table may attach to it or drop from it. They read no row.
    const ownersWork = [
      ...['create_message_partitions', 'drop_message_partitions', 'analyze_deliveries'],
      // Nor may anybody else refresh a materialized view.
      'refresh_seating_materialized_views',
    ];
    const wrong = await admin<{ name: string }[]>`
      select pg_proc.oid::regprocedure::text as name from pg_proc
      join pg_roles on pg_roles.oid = proowner
      where pronamespace = any(${ourSchemas}::regnamespace[])
        and prosecdef and (rolname <> 'wedsync_definer' or rolcanlogin)
        and proname <> all(${ownersWork})`;
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});

describe('functions that see all tenants', () => {
  const granted = async (role: string) => {
    const rows = await admin<{ name: string }[]>`
      select format('%s.%s', pronamespace::regnamespace, proname) as name from pg_proc
      where pronamespace = any(${ourSchemas}::regnamespace[]) and prosecdef
        and has_function_privilege(${role}, oid, 'execute')
      order by 1`;
    return rows.map(({ name }) => name);
  };

  // Whoever adds to a list has looked at what the function filters by: a claim, a token's hash, the
  // operator who asks (`ops.require_operator`), or an id that only the system hands out.
  it('are open to the server where a claim, a hash or an operator narrows them', async () => {
    expect(await granted('wedsync_app')).toMatchInlineSnapshot(`
      [
        "auth.list_my_sessions",
        "auth.my_account",
        "auth.rename_me",
        "auth.revoke_my_sessions",
        "ops.accept_integrity_finding",
        "ops.assign_sms_number",
        "ops.cancel_job",
        "ops.list_encryption_keys",
        "ops.list_feedback_counts",
        "ops.list_feedback_refusals",
        "ops.list_integrity_findings",
        "ops.list_integrity_runs",
        "ops.list_key_rotations",
        "ops.list_operator_actions",
        "ops.list_organization_members",
        "ops.list_organizations",
        "ops.list_rotatable_weddings",
        "ops.list_seating_refusals",
        "ops.list_seating_runs",
        "ops.list_send_rates",
        "ops.list_sms_numbers",
        "ops.list_users",
        "ops.record_operator_action",
        "ops.remove_user_sessions",
        "ops.replace_sms_prices",
        "ops.require_operator",
        "ops.retry_job",
        "ops.update_organization_tier",
        "ops.update_send_rate",
        "ops.update_user_disabled",
        "ops.update_user_operator",
        "wedding.collect_seating_performance_metrics",
        "wedding.compliance_figures",
        "wedding.contacts_kept_months",
        "wedding.count_organization_deliveries",
        "wedding.erase_guest",
        "wedding.find_household_by_link",
        "wedding.find_member_invitation",
        "wedding.find_sms_threads",
        "wedding.find_unsubscribe_link",
        "wedding.list_my_organizations",
        "wedding.list_my_weddings",
        "wedding.record_delivery_events",
        "wedding.refuse_guests_over_limit",
        "wedding.resolve_access",
        "wedding.search_guests",
        "wedding.search_guests_for_assignment",
        "wedding.sms_number_of",
      ]
    `);
  });

  it('are open to the worker where the system works over all tenants', async () => {
    expect(await granted('wedsync_worker')).toMatchInlineSnapshot(`
      [
        "auth.finish_account_email",
        "auth.read_account_email",
        "auth.sweep_accounts",
        "ops.analyze_deliveries",
        "ops.cancel_job",
        "ops.create_message_partitions",
        "ops.destroy_data_key",
        "ops.destroy_tier_key",
        "ops.drop_message_partitions",
        "ops.find_ledger_breaks",
        "ops.find_rule_breaks",
        "ops.find_stray_partitions",
        "ops.list_encryption_keys",
        "ops.list_key_rotations",
        "ops.list_rotatable_weddings",
        "ops.list_tier_keys",
        "ops.list_weddings_with_texts",
        "ops.list_wordings_to_check",
        "ops.org_of_wedding",
        "ops.recount_deliveries",
        "ops.remove_orphan_events",
        "ops.replace_data_key",
        "ops.replace_tier_key",
        "ops.retry_job",
        "ops.rewrap_upper_keys",
        "ops.take_wedding_keys",
        "wedding.erase_guest",
        "wedding.find_due_messages",
        "wedding.find_fallback_messages",
        "wedding.find_reminder_rules",
        "wedding.find_reply_target",
        "wedding.find_sms_threads",
        "wedding.find_stalled_messages",
        "wedding.find_unsubscribe_link",
        "wedding.record_delivery_events",
        "wedding.refresh_seating_materialized_views",
        "wedding.refuse_guests_over_limit",
        "wedding.remove_expired_contacts",
        "wedding.remove_expired_guest_data",
        "wedding.remove_expired_history",
        "wedding.sms_number_of",
      ]
    `);
  });

  it('are open to nobody else', async () => {
    for (const role of ['auth', 'monitor', 'tuner', 'backup']) {
      expect([role, await granted(`wedsync_${role}`)]).toEqual([role, []]);
    }
  });
});

it('every view runs with the rights of its reader', async () => {
  const wrong = await admin<{ name: string }[]>`
    select relname as name from pg_class
    where relkind = 'v' and relnamespace = any(${ourSchemas}::regnamespace[])
      and not coalesce(reloptions, '{}') @> '{security_invoker=true}'`;
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

it('every table, view and function says what it is for', async () => {
  const silent = await admin<{ name: string }[]>`
    select oid::regclass::text as name from pg_class
    where relnamespace = any(${ourSchemas}::regnamespace[]) and relkind in ('r', 'p', 'v', 'm')
      and not relispartition and obj_description(oid, 'pg_class') is null
    union all
    select oid::regprocedure::text from pg_proc
    where pronamespace = any(${ourSchemas}::regnamespace[])
      and obj_description(oid, 'pg_proc') is null`;
  expect(silent.map(({ name }) => name)).toEqual([]);
});
