import { layoutPhrases, textDirection } from './layout-phrases.ts';
import { fieldMark, loneField, whenFilled } from './mime/marks.ts';

/** What the reader sees; every text is plain and escaped here, nowhere else. */
export interface EmailContent {
  subject: string;
  /** Heading above the text: who writes. */
  heading: string;
  /** Paragraphs are separated by blank lines. */
  body: string;
  /** A paragraph that is this URL alone becomes the button. */
  buttonUrl: string;
  buttonLabel: string;
  /** Postal address of the sender, one line each; required by the law of several countries. */
  senderAddress: string;
  /** Null in a test, where there is nothing to unsubscribe from. */
  unsubscribeUrl: string | null;
  /** BCP 47. */
  language: string;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is safe between tags and in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** A link ends before trailing punctuation that belongs to the sentence. */
const links = new RegExp(
  `https?:\\/\\/[^\\s<>"']+[^\\s<>"'.,;:!?)\\]]|${fieldMark('rsvp_link')}`,
  'g',
);

function inline(text: string): string {
  let html = '';
  let end = 0;
  for (const match of text.matchAll(links)) {
    const url = escapeHtml(match[0]);
    html += escapeHtml(text.slice(end, match.index));
    html += `<a href="${url}" style="color:#8a4b2d;text-decoration:underline;word-break:break-word" class="link">${url}</a>`;
    end = match.index + match[0].length;
  }
  return html + escapeHtml(text.slice(end));
}

function paragraphs(body: string): string[] {
  return body
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n+/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}

const fontStack = "Georgia,'Iowan Old Style','Times New Roman',serif";

// A table, because Outlook for Windows ignores padding on links.
function button(url: string, label: string): string {
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 28px">
<tr><td class="button" style="border-radius:6px;background-color:#7a3e22"><a href="${escapeHtml(url)}" class="button-text" style="display:inline-block;padding:14px 28px;font-family:${fontStack};font-size:17px;line-height:22px;color:#ffffff;text-decoration:none;border-radius:6px">${escapeHtml(label)}</a></td></tr></table>
`;
}

function paragraphHtml(paragraph: string, content: EmailContent): string {
  if (paragraph === content.buttonUrl) return button(content.buttonUrl, content.buttonLabel);
  const lines = paragraph.split('\n').map(inline).join('<br>\n');
  const html = `<p class="text" style="margin:0 0 20px;font-family:${fontStack};font-size:17px;line-height:27px;color:#33302c">${lines}</p>\n`;
  const field = loneField(paragraph);
  return field ? whenFilled(field, html) : html;
}

/** What is said of the link to unsubscribe, for those who have one. */
function optOut(url: string | null, say: (url: string) => string): string {
  if (!url) return '';
  const field = loneField(url);
  return field ? whenFilled(field, say(url)) : say(url);
}

function footerHtml({ senderAddress, unsubscribeUrl, language }: EmailContent): string {
  const phrases = layoutPhrases(language);
  const style = `margin:0 0 8px;font-family:${fontStack};font-size:13px;line-height:20px;color:#6b655e`;
  const address = senderAddress
    ? `<p class="muted" style="${style}">${escapeHtml(senderAddress).replaceAll('\n', '<br>')}</p>`
    : '';
  const stop = optOut(
    unsubscribeUrl,
    (url) =>
      `<p class="muted" style="${style}">${escapeHtml(phrases.reason)} <a href="${escapeHtml(url)}" class="muted" style="color:#6b655e;text-decoration:underline">${escapeHtml(phrases.unsubscribe)}</a></p>`,
  );
  return address + stop;
}

// Clients that darken by themselves keep these pairs readable; those that ask get our own.
const styles = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (max-width:480px){.sheet{padding:28px 20px!important}}
@media (prefers-color-scheme:dark){
.page{background-color:#1c1a18!important}.sheet{background-color:#262320!important}
.text,.heading{color:#ede8e2!important}.muted{color:#b5ada4!important}.link{color:#eab08f!important}
.button{background-color:#eab08f!important}.button-text{color:#2b1509!important}}`;

/**
 * A complete HTML e-mail made from plain text: one column that fits every width, presentational
 * tables, inline styles for clients that drop style sheets, and colours for light and dark.
 */
export function emailHtml(content: EmailContent): string {
  const subject = escapeHtml(content.subject);
  const text = paragraphs(content.body)
    .map((paragraph) => paragraphHtml(paragraph, content))
    .join('');
  return `<!doctype html>
<html lang="${escapeHtml(content.language)}" dir="${textDirection(content.language)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${subject}</title><style>${styles}</style></head>
<body class="page" style="margin:0;padding:0;background-color:#f4f0ea">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="page" style="background-color:#f4f0ea">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px">
<tr><td class="sheet" style="padding:40px 44px;background-color:#fffdfa;border-radius:10px"><main>
<h1 class="heading" style="margin:0 0 28px;font-family:${fontStack};font-weight:normal;font-size:26px;line-height:34px;color:#33302c">${escapeHtml(content.heading)}</h1>
${text}</main></td></tr>
<tr><td style="padding:20px 44px">${footerHtml(content)}</td></tr>
</table></td></tr></table></body></html>
`;
}

/** Paragraphs with a blank line between them, also where one of them is left out. */
function textBody(body: string): string {
  let text = '';
  let isSeparated = true;
  for (const paragraph of paragraphs(body)) {
    const field = loneField(paragraph);
    const block = isSeparated ? paragraph : `\n\n${paragraph}`;
    // What comes first and may be left out takes the blank line after it along.
    isSeparated = isSeparated && field !== undefined;
    text += field ? whenFilled(field, isSeparated ? `${block}\n\n` : block) : block;
  }
  return text;
}

/** The text part: what was written, and the same foot. */
export function emailText({ body, senderAddress, unsubscribeUrl, language }: EmailContent): string {
  const { unsubscribe } = layoutPhrases(language);
  const stop = optOut(unsubscribeUrl, (url) => `${unsubscribe}: ${url}\n`);
  const foot = (senderAddress ? `${senderAddress}\n` : '') + stop;
  // "-- " on a line of its own is where mail programs fold the signature (RFC 3676 §4.3).
  return `${textBody(body)}\n${foot ? `\n-- \n${foot}` : ''}`;
}

/** Someone else's document, with the foot that the law wants in every e-mail before its end. */
export function withLegalFooter(html: string, content: EmailContent): string {
  const foot = `<div style="padding:20px;text-align:center">${footerHtml(content)}</div>`;
  const end = html.toLowerCase().lastIndexOf('</body>');
  return end === -1 ? html + foot : html.slice(0, end) + foot + html.slice(end);
}
