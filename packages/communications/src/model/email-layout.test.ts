import { describe, expect, it } from 'vitest';
import { type EmailContent, emailHtml, emailText, escapeHtml } from './email-layout.ts';

const content: EmailContent = {
  subject: 'You are invited',
  heading: 'Ana & Tom',
  body: 'Dear <b>Inês</b>,\n\nsee https://example.com/map?a=1&b=2.\n\nhttps://example.com/r/t\n\nA\nB',
  buttonUrl: 'https://example.com/r/t',
  buttonLabel: 'Answer the invitation',
  senderAddress: 'Fairlight\n1 Harbour Street',
  unsubscribeUrl: 'https://example.com/u/t',
  language: 'en',
};

describe('the HTML part', () => {
  const html = emailHtml(content);

  it('escapes everything that people wrote', () => {
    expect(html).toContain('Dear &lt;b&gt;Inês&lt;/b&gt;,');
    expect(html).not.toContain('<b>');
    expect(html).toContain('Ana &amp; Tom');
  });

  it('turns the link that stands alone into the one button', () => {
    expect(html.match(/class="button-text"/g)).toHaveLength(1);
    expect(html).toContain('>Answer the invitation</a>');
  });

  it('links an address inside a sentence without its full stop', () => {
    expect(html).toContain('href="https://example.com/map?a=1&amp;b=2"');
    expect(html).not.toContain('b=2."');
  });

  it('keeps line ends within a paragraph', () => {
    expect(html).toContain('A<br>\nB');
  });

  it('names language and colours for both themes, and can be unsubscribed from', () => {
    expect(html).toContain('<html lang="en"');
    expect(html).toContain('prefers-color-scheme:dark');
    expect(html).toContain('href="https://example.com/u/t"');
    expect(html).toContain('Fairlight<br>1 Harbour Street');
  });

  it('is not loaded from anywhere', () => {
    expect(html).not.toMatch(/<(img|script|link|iframe)/);
  });
});

describe('the text part', () => {
  it('says the same, with the link to answer and the link to stop', () => {
    expect(emailText(content)).toBe(
      'Dear <b>Inês</b>,\n\nsee https://example.com/map?a=1&b=2.\n\nhttps://example.com/r/t\n\nA\nB' +
        '\n\n-- \nFairlight\n1 Harbour Street\nUnsubscribe from these e-mails: https://example.com/u/t\n',
    );
  });
});

describe('escaping', () => {
  it('covers text and quoted attributes', () => {
    expect(escapeHtml(`<a href="x" title='y'>&`)).toBe(
      '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;',
    );
  });
});
