import { describe, expect, it } from 'vitest';
import { accountWords, invitationWords, linkQuery, renderMail } from './account-mail.ts';
import { deviceName } from './device-name.ts';
import { strengthOf } from './session-rules.ts';
import { hashToken, invitationToken } from './tokens.ts';

describe('an invitation’s token', () => {
  const invitation = { orgId: 'o', invitationId: 'i', linkVersion: 1 };

  it('is the same each time it is derived, and another for anything else', () => {
    const token = invitationToken('secret', invitation);
    expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(invitationToken('secret', invitation)).toBe(token);
    const others = [
      invitationToken('other', invitation),
      invitationToken('secret', { ...invitation, linkVersion: 2 }),
      invitationToken('secret', { ...invitation, orgId: 'p' }),
    ];
    expect(new Set([token, ...others]).size).toBe(4);
    expect(hashToken(token)).not.toContain(token);
  });
});

describe('what a session is worth', () => {
  it('follows from how it was opened', () => {
    expect(strengthOf('/sign-in/email', 'passkey')).toBe('password');
    expect(strengthOf('/two-factor/verify-totp', undefined)).toBe('two-factor');
    expect(strengthOf('/passkey/verify-authentication', undefined)).toBe('passkey');
  });

  it('is kept by a session that only replaces it, and lost with the second factor', () => {
    expect(strengthOf('/change-password', 'two-factor')).toBe('two-factor');
    expect(strengthOf('/change-password', undefined)).toBe('password');
    expect(strengthOf('/two-factor/disable', 'two-factor')).toBe('password');
  });
});

describe('mail', () => {
  it('cannot be made to say or link to what somebody typed as a name', () => {
    const mail = renderMail(
      invitationWords({
        organization: '<img src=x onerror=alert(1)>\r\nBcc: everyone@example.com',
        wedding: null,
        invitedBy: '"><a href="https://evil.example">',
        url: 'https://app.example.com/join/token',
      }),
    );
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.html).not.toContain('<img');
    expect(mail.html.match(/<a /g)).toHaveLength(1);
  });

  it('carries its link in both forms, and only where there is something to do', () => {
    const urls = { publicUrl: 'https://app.example.com', query: linkQuery({ token: 'a+b' }) };
    const reset = renderMail(accountWords('password-reset', urls));
    for (const form of [reset.text, reset.html]) {
      expect(form).toContain('https://app.example.com/reset-password?token=a%2Bb');
    }
  });

  it('leads on to an invitation and to nothing else', () => {
    const next = '/join/AbC-12_xyz';
    expect(linkQuery({ token: 't', next })).toBe('token=t&next=%2Fjoin%2FAbC-12_xyz');
    for (const other of ['/', '/join/you have won', '//evil.example', '/weddings/1']) {
      expect(linkQuery({ token: 't', next: other })).toBe('token=t');
    }
  });
});

describe('a device', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0',
      'Edge on Windows',
    ],
    ['curl/8.5', 'Unknown device'],
    [null, 'Unknown device'],
  ])('is named in words: %s', (userAgent, name) => {
    expect(deviceName(userAgent)).toBe(name);
  });
});
