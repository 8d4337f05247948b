import { describe, expect, it } from 'vitest';
import { addressKey, clientAddress, isLoopback } from './client-address.ts';

describe('the client’s address', () => {
  it('is the socket’s, whatever a header says, unless our own proxy stands in front', () => {
    expect(clientAddress('192.0.2.1', '203.0.113.9', false)).toBe('192.0.2.1');
    expect(clientAddress('127.0.0.1', '203.0.113.9', true)).toBe('203.0.113.9');
  });

  it('behind the proxy is what the proxy wrote last, not what the client sent along', () => {
    expect(clientAddress('127.0.0.1', '10.0.0.1, 127.0.0.1, 203.0.113.9', true)).toBe(
      '203.0.113.9',
    );
    for (const forged of ['', 'localhost', '203.0.113.9:1234', '<script>', '1.2.3']) {
      expect(clientAddress('192.0.2.1', forged, true)).toBe('192.0.2.1');
    }
  });

  it('is the same whether IPv4 is written as such or as IPv6', () => {
    expect(clientAddress('::ffff:192.0.2.1', undefined, false)).toBe('192.0.2.1');
    expect(isLoopback(clientAddress('::ffff:127.0.0.1', undefined, false))).toBe(true);
  });
});

describe('what an address is counted under', () => {
  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff'],
    ['2001:db8:1:2::1', '2001:0DB8:0001:0002::9'],
    ['2001:db8::1', '2001:db8:0:0:5::'],
    ['fe80::1%eth0', 'fe80::2%eth1'],
  ])('is one for %s and %s: one customer holds the whole /64', (left, right) => {
    expect(addressKey(left)).toBe(addressKey(right));
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['192.0.2.1', '192.0.2.2'],
    ['2001:db8::1', '2001:db8:0:1::1'],
  ])('is another for %s than for %s', (left, right) => {
    expect(addressKey(left)).not.toBe(addressKey(right));
  });
});
