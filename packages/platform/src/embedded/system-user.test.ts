import { describe, expect, it } from 'vitest';
import { canReach, parsePasswd } from './system-user.ts';

describe('parsePasswd', () => {
  it('reads accounts and passes over what is no account', () => {
    const text =
      '# c\nroot:x:0:0:root:/root:/bin/sh\n+::::::\nnobody:x:65534:65534::/:/bin/false\n';
    expect(parsePasswd(text)).toEqual([
      { name: 'root', uid: 0, gid: 0 },
      { name: 'nobody', uid: 65534, gid: 65534 },
    ]);
  });
});

describe('canReach', () => {
  it('lets everybody into folders open to all, even ones that are still to be made', async () => {
    const stranger = { name: 'stranger', uid: 54_321, gid: 54_321 };
    expect(await canReach(stranger, '/usr/share/not-yet/there')).toBe(true);
  });
});
