import { OrganizationStatistics } from '@wedsync/contracts/communications-statistics';
import { newId, WeddingId } from '@wedsync/contracts/ids';
import { expect, it } from 'vitest';
import { companyCsv } from './company-csv.ts';

it('has a line for each wedding and channel, and titles that run nothing', () => {
  const wedding = (title: string) => ({
    weddingId: newId(WeddingId),
    title,
    channels: [{ channel: 'email' as const, counts: { sent: 3, skipped: 1 } }],
  });
  const file = companyCsv(
    OrganizationStatistics.parse({
      channels: [],
      weddings: [wedding('Ana, "Tom"'), wedding('=HYPERLINK(1)')],
    }),
  );
  const [head, first, second] = file.replace('\ufeff', '').split('\r\n');
  const states = head?.split(',').slice(2) ?? [];
  expect(first).toMatch(/^"Ana, ""Tom""",email,/);
  expect(first?.split('email,')[1]?.split(',')[states.indexOf('sent')]).toBe('3');
  expect(second).toMatch(/^'=HYPERLINK\(1\),email,/);
});
