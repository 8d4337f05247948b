import { isIPv4, isIPv6 } from 'node:net';

/** An IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is that IPv4 address. */
function plainAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return mapped?.[1] ?? address;
}

/**
 * The client's address. X-Forwarded-For is believed only behind our own proxy, and then only its
 * last entry, which that proxy wrote: the ones before it are whatever the client sent.
 */
export function clientAddress(
  remoteAddress: string | undefined,
  forwardedFor: string | undefined,
  trustProxy: boolean,
): string {
  const last = trustProxy ? forwardedFor?.split(',').at(-1)?.trim() : undefined;
  const address = last && (isIPv4(last) || isIPv6(last)) ? last : remoteAddress;
  return plainAddress(address ?? 'unknown');
}

/** All sixteen-bit groups of an IPv6 address. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = !tail ? [] : tail.split(':');
  if (tail === undefined) return left;
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
}

/**
 * What rate limits count an address under. One IPv6 customer holds a /64 at least, so that counting
 * single addresses would limit nobody.
 */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address;
  const prefix = groupsOf(address.toLowerCase())
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16));
  return `${prefix.join(':')}::/64`;
}

/** True for requests from this very machine. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}
