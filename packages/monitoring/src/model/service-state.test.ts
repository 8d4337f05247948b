import { heartbeatStaleMs } from '@wedsync/contracts/monitoring';
import { describe, expect, it } from 'vitest';
import { serviceState } from './service-state.ts';

const now = new Date('2027-06-05T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const process = (startedMsAgo: number, beatMsAgo: number, service = 'worker') => ({
  service,
  startedAt: ago(startedMsAgo),
  beatAt: ago(beatMsAgo),
});

describe('the state of a process', () => {
  it('is up until the last beat is two and a half intervals old', () => {
    const fresh = process(600_000, heartbeatStaleMs - 1);
    const stale = process(600_000, heartbeatStaleMs);
    expect(serviceState(fresh, [fresh], now)).toBe('up');
    expect(serviceState(stale, [stale], now)).toBe('down');
  });

  it('is replaced when a process of the same service started after it fell silent', () => {
    const gone = process(900_000, 300_000);
    const successor = process(200_000, 1_000);
    expect(serviceState(gone, [gone, successor], now)).toBe('replaced');
  });

  it('is down when the other processes of the service ran beside it all along', () => {
    const gone = process(900_000, 300_000);
    const peer = process(900_000, 1_000);
    expect(serviceState(gone, [gone, peer], now)).toBe('down');
  });

  it('is down when the successor is of another service or has fallen silent too', () => {
    const gone = process(900_000, 300_000);
    const server = process(200_000, 1_000, 'server');
    const brief = process(250_000, 200_000);
    expect(serviceState(gone, [gone, server, brief], now)).toBe('down');
  });
});
