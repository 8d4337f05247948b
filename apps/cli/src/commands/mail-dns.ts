import { openDkimSigner } from '@wedsync/communications/jobs';
import { embeddedDkimKey } from '@wedsync/platform/embedded/dkim-key';
import { loadEnv } from '@wedsync/platform/env';
import { defineCommand, exitCodes } from '../command.ts';
import { installationAt } from '../supervisor/installation.ts';
import { createTerminal } from '../terminal.ts';

/** A TXT record is made of strings of at most 255 bytes (RFC 1035 §3.3.14). */
const zoneStrings = (value: string) =>
  (value.match(/.{1,255}/g) ?? []).map((part) => `"${part}"`).join(' ');

export const mailDns = defineCommand({
  name: 'mail dns',
  summary: 'Print the DNS records that let receivers check the mail of this installation.',
  options: { json: { type: 'boolean', describe: 'Print the records as JSON.' } },
  examples: ['pnpm wedsync mail dns', 'pnpm wedsync mail dns --json'],
  async run({ json }) {
    const env = loadEnv(undefined, 'tool');
    const signer = openDkimSigner({
      keyFile: env.DKIM_PRIVATE_KEY_FILE ?? (await embeddedDkimKey(installationAt().dkimKeyFile)),
      selector: env.DKIM_SELECTOR,
      domain: env.DKIM_DOMAIN,
      mailFrom: env.MAIL_FROM,
    });
    const { domain, record } = signer;
    const records = [
      { name: record.name, type: 'TXT', value: record.value },
      {
        name: `_dmarc.${domain}`,
        type: 'TXT',
        value: `v=DMARC1; p=quarantine; rua=mailto:dmarc@${domain}`,
      },
    ];
    const { line } = createTerminal();
    if (json) line(JSON.stringify(records));
    else {
      for (const { name, type, value } of records)
        line(`${name}. 3600 IN ${type} ${zoneStrings(value)}`);
      line(
        `; SPF: let the TXT record of ${env.BOUNCE_DOMAIN ?? domain} name your relay, e.g. "v=spf1 include:<relay> -all"`,
      );
      if (env.BOUNCE_DOMAIN)
        line(`; ${env.BOUNCE_DOMAIN}. needs an MX that leads to INBOUND_SMTP_PORT`);
    }
    return exitCodes.ok;
  },
});
