import type { MailProvider } from '@wedsync/contracts/communications-feedback';

/** Suffixes of host names and domains of large providers; a private domain would name a person. */
const suffixes: Readonly<Record<string, MailProvider>> = {
  'google.com': 'google',
  'gmail.com': 'google',
  'googlemail.com': 'google',
  'outlook.com': 'microsoft',
  'hotmail.com': 'microsoft',
  'live.com': 'microsoft',
  'msn.com': 'microsoft',
  'office365.com': 'microsoft',
  'onmicrosoft.com': 'microsoft',
  'yahoodns.net': 'yahoo',
  'yahoo.com': 'yahoo',
  'ymail.com': 'yahoo',
  'aol.com': 'yahoo',
  'icloud.com': 'apple',
  'me.com': 'apple',
  'mac.com': 'apple',
  'gmx.net': 'gmx',
  'gmx.de': 'gmx',
  'web.de': 'gmx',
  'kundenserver.de': 'gmx',
  'proton.me': 'proton',
  'protonmail.ch': 'proton',
  'protonmail.com': 'proton',
  'orange.fr': 'orange',
  'wanadoo.fr': 'orange',
  'libero.it': 'libero',
  'mail.ru': 'mailru',
  'qq.com': 'tencent',
  '163.com': 'netease',
  '126.com': 'netease',
};

/** Whose mail system a host name or domain belongs to. */
export function providerOf(host: string): MailProvider {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  for (let from = 0; from < labels.length - 1; from++) {
    const provider = suffixes[labels.slice(from).join('.')];
    if (provider) return provider;
  }
  // Yahoo and Microsoft have an address in every country: yahoo.co.uk, hotmail.fr.
  const national = labels.find((label) => ['yahoo', 'hotmail', 'live', 'outlook'].includes(label));
  if (national) return national === 'yahoo' ? 'yahoo' : 'microsoft';
  return 'other';
}

const hostName = /\b((?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24})\b/gi;

/** The first large provider among the host names of a text. */
export function providerIn(text: string): MailProvider {
  for (const [, host = ''] of text.slice(0, 4_000).matchAll(hostName)) {
    const provider = providerOf(host);
    if (provider !== 'other') return provider;
  }
  return 'other';
}
