import postgres from 'postgres';
import { nameArrayTypes } from './array-types.ts';

export interface RenewedClient<T> {
  /** What was made of the client; always of the one in use. */
  use: T;
  end(): Promise<void>;
}

export interface RenewedClientOptions {
  url: string;
  /** Connections at most. */
  max: number;
  applicationName: string;
  /** Settings of the session, such as of the planner. */
  settings?: Readonly<Record<string, string>>;
}

/**
 * A postgres.js client of several connections that is replaced as soon as one of them is lost.
 * postgres.js (3.4.9) forgets statements that it is given between the error of a socket and its
 * close; after a reconnect such a statement takes the answer of the next one, which here could be
 * somebody else's session. What was under way fails as unavailable.
 * @param make what callers work with, e.g. Drizzle on top of the client
 */
export function openRenewedClient<T extends object>(
  { url, max, applicationName, settings }: RenewedClientOptions,
  make: (client: postgres.Sql) => T,
): RenewedClient<T> {
  const open = () => {
    const client: postgres.Sql = postgres(url, {
      max,
      connect_timeout: 3,
      // A connection that closes by itself would end what runs on its neighbours.
      idle_timeout: 0,
      max_lifetime: null,
      fetch_types: false,
      connection: { ...settings, application_name: applicationName },
      onnotice: () => {},
      onclose: () => renew(client),
    });
    nameArrayTypes(client);
    return { client, made: make(client) };
  };
  let current = open();
  let ended = false;
  function renew(lost: postgres.Sql): void {
    lost.end({ timeout: 0 }).catch(() => {});
    if (lost === current.client && !ended) current = open();
  }
  const use = new Proxy(current.made, {
    get: (_first, key) => Reflect.get(current.made, key),
    apply: (_first, _self, parameters) =>
      typeof current.made === 'function'
        ? Reflect.apply(current.made, undefined, parameters)
        : undefined,
  });
  return {
    use,
    async end() {
      ended = true;
      await current.client.end({ timeout: 5 });
    },
  };
}
