import { describe, expect, it } from 'vitest';
import { signWebhook, verifyWebhook } from './webhook-signature.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const at = new Date(1_614_265_330_000);
const body = '{"test": 2432232314}';

describe('signatures of webhooks', () => {
  it('agree with the example of the standard', () => {
    expect(signWebhook(secret, { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body, at })).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('hold for the signed body, id and time, and for nothing else', () => {
    const headers = signWebhook(secret, { id: 'a', body, at });
    const verdict = (change: object, text = body, now = at) =>
      verifyWebhook(secret, { headers: { ...headers, ...change }, body: text, now });
    expect(verdict({})).toBe('valid');
    expect(verdict({}, `${body} `)).toBe('forged');
    expect(verdict({ 'webhook-id': 'b' })).toBe('forged');
    expect(verdict({ 'webhook-timestamp': '1614265331' })).toBe('forged');
    expect(verdict({ 'webhook-signature': undefined })).toBe('unsigned');
    expect(verdict({}, body, new Date(at.getTime() + 301_000))).toBe('expired');
    expect(verdict({ 'webhook-timestamp': 'soon' })).toBe('expired');
    expect(verifyWebhook('another', { headers, body, now: at })).toBe('forged');
  });

  it('accept the old and the new secret while one replaces the other', () => {
    const [old, fresh] = ['old', 'new'].map((key) => signWebhook(key, { id: 'a', body, at }));
    const both = `${old?.['webhook-signature']} ${fresh?.['webhook-signature']}`;
    const headers = { ...old, 'webhook-signature': both };
    expect(verifyWebhook('new', { headers, body, now: at })).toBe('valid');
  });
});
