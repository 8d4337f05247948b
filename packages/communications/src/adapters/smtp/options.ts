import { hostname } from 'node:os';
import type { Logger } from '@wedsync/platform/log';
import type { DkimSigner } from '../../model/dkim.ts';

/** How long each phase may take, in milliseconds (RFC 5321 §4.5.3.2). */
export interface SmtpTimeouts {
  connectMs: number;
  greetingMs: number;
  /** EHLO, STARTTLS, AUTH, MAIL, RCPT, RSET. */
  commandMs: number;
  /** From DATA to its 354. */
  dataMs: number;
  /** For the network to take the content. */
  blockMs: number;
  /** From the final dot to the answer. */
  dotMs: number;
  /** After which an unused connection is ended. */
  idleMs: number;
  /** For the answer to a final dot once the sending was stopped. */
  stopMs: number;
}

const minute = 60_000;
export const defaultTimeouts: SmtpTimeouts = {
  connectMs: 30_000,
  greetingMs: 5 * minute,
  commandMs: 5 * minute,
  dataMs: 2 * minute,
  blockMs: 3 * minute,
  dotMs: 10 * minute,
  // Below the ten seconds after which the strictest servers hang up.
  idleMs: 8_000,
  stopMs: 5_000,
};

export interface SmtpTransportOptions {
  /**
   * `smtp://user:password@host:587` or `smtps://…`. STARTTLS is used wherever it is offered, and the
   * certificate is checked. `?requireTls=true` refuses a server without it; `?insecureAuth=true`
   * lets a password travel in clear text to another machine.
   */
  url: string;
  connectionsMax?: number;
  emailsPerConnectionMax?: number;
  /** Signs every e-mail. */
  dkim?: DkimSigner | undefined;
  /** What we call ourselves in EHLO; a fully qualified name that leads back here. */
  clientName?: string | undefined;
  /** Which reports we ask of servers that can send them (RFC 3461); undefined asks for none. */
  notify?: 'FAILURE' | 'FAILURE,DELAY' | 'SUCCESS,FAILURE,DELAY' | undefined;
  timeouts?: Partial<SmtpTimeouts>;
  /** PEM certificates trusted besides the system's. */
  ca?: string | undefined;
  log?: Logger | undefined;
}

/** A server and how to speak to it. */
export interface SmtpTarget {
  host: string;
  port: number;
  isImplicitTls: boolean;
  requireTls: boolean;
  insecureAuth: boolean;
  credentials: { user: string; password: string } | undefined;
  clientName: string;
  ca: string | undefined;
  timeouts: SmtpTimeouts;
}

const fullyQualified = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

/** RFC 5321 §4.1.3: a machine without a name of its own gives its address. */
function ownName(): string {
  const name = hostname();
  return fullyQualified.test(name) ? name : '[127.0.0.1]';
}

export function targetOf(options: SmtpTransportOptions): SmtpTarget {
  const { protocol, hostname: host, port, username, password, searchParams } = new URL(options.url);
  const isImplicitTls = protocol === 'smtps:';
  return {
    // An IPv6 address stands in brackets in a URL only.
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port) || (isImplicitTls ? 465 : 587),
    isImplicitTls,
    requireTls: searchParams.get('requireTls') === 'true',
    insecureAuth: searchParams.get('insecureAuth') === 'true',
    credentials: username
      ? { user: decodeURIComponent(username), password: decodeURIComponent(password) }
      : undefined,
    clientName: options.clientName ?? ownName(),
    ca: options.ca,
    timeouts: { ...defaultTimeouts, ...options.timeouts },
  };
}
