import { Resolver } from 'node:dns/promises';
import type {
  AuthenticationVerdict,
  MessageChecks,
} from '@wedsync/contracts/communications-control';
import type { DNSResolver } from 'mailauth';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { evaluateDmarc } from 'mailauth/lib/dmarc/index.js';
import type { DkimSigner } from '../model/dkim.ts';

type Check = MessageChecks['authentication'][number];

/** An e-mail as it would leave, and who answers for it. */
export interface AuthenticationSubject {
  /** Address in From. */
  fromAddress: string;
  /** Domain of the return path, which SPF is about. */
  envelopeDomain: string;
  /** Absent where this installation does not sign. */
  signer: DkimSigner | undefined;
  /** The e-mail, without a signature. */
  content: Buffer;
  /** Asks DNS; the system's resolver unless a test brings its own. */
  resolver?: DNSResolver | undefined;
}

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

function systemResolver(): DNSResolver {
  const resolver = new Resolver({ timeout: 3_000, tries: 1 });
  return (name, type) => resolver.resolve(name, type) as Promise<string[][]>;
}

/** DNS says that there is no such record, as opposed to saying nothing. */
const isAbsent = (error: unknown) =>
  ['ENOTFOUND', 'ENODATA'].includes((error as { code?: string } | undefined)?.code ?? '');

const unanswered = (id: Check['id']): Check => ({
  id,
  verdict: 'not_checked',
  note: 'DNS did not answer from here, so this was not checked',
});

async function textRecords(
  resolver: DNSResolver,
  name: string,
): Promise<string[] | 'absent' | 'unanswered'> {
  try {
    const records = await resolver(name, 'TXT');
    return records.map((record) => (Array.isArray(record) ? record.join('') : record));
  } catch (error) {
    return isAbsent(error) ? 'absent' : 'unanswered';
  }
}

/** The signature as a receiver checks it: against the key that stands in DNS. */
async function checkDkim(subject: AuthenticationSubject, resolver: DNSResolver): Promise<Check> {
  const { signer, content } = subject;
  const say = (verdict: AuthenticationVerdict, note: string): Check => ({
    id: 'dkim',
    verdict,
    note,
  });
  if (!signer) return say('warn', 'This installation does not sign; the relay has to');
  const { name } = signer.record;
  const key = await textRecords(resolver, name);
  if (key === 'unanswered') return unanswered('dkim');
  if (key === 'absent')
    return say('fail', `There is no key at ${name}; "wedsync mail dns" prints it`);
  const raw = Buffer.concat([Buffer.from(signer.sign(content), 'latin1'), content]);
  const { results } = await dkimVerify(raw, { resolver });
  const { status } = results[0] ?? {};
  if (status?.result === 'pass') return say('pass', `The signature agrees with the key at ${name}`);
  return say(
    'fail',
    `The key at ${name} does not agree with ours (${status?.comment ?? 'no match'})`,
  );
}

async function checkSpf(domain: string, resolver: DNSResolver): Promise<Check> {
  const say = (verdict: AuthenticationVerdict, note: string): Check => ({
    id: 'spf',
    verdict,
    note,
  });
  const records = await textRecords(resolver, domain);
  if (records === 'unanswered') return unanswered('spf');
  const found =
    records === 'absent' ? [] : records.filter((record) => /^v=spf1(?: |$)/i.test(record));
  const [record] = found;
  if (!record)
    return say('fail', `${domain} names no servers that may send for it (no SPF record)`);
  if (found.length > 1)
    return say('fail', `${domain} has ${found.length} SPF records; one is allowed`);
  if (/\s\+?all\s*$/i.test(record))
    return say('fail', `${domain} lets everybody send for it: ${record}`);
  if (!/[~-]all\b|redirect=/i.test(record))
    return say('warn', `It does not say who may not: ${record}`);
  return say(
    'pass',
    `${domain}: ${record}. Whether the relay is among them shows only when it sends`,
  );
}

/** RFC 7489: what receivers are to do with mail that neither SPF nor DKIM vouches for. */
async function checkDmarc(subject: AuthenticationSubject, resolver: DNSResolver): Promise<Check[]> {
  const domain = domainOf(subject.fromAddress);
  const { response } = await evaluateDmarc({
    headerFrom: [domain],
    spfDomains: [subject.envelopeDomain],
    dkimDomains: subject.signer ? [{ domain: subject.signer.domain }] : [],
    resolver,
  });
  const result = response ? response.status.result : 'temperror';
  if (!response || result === 'temperror') return [unanswered('dmarc'), unanswered('alignment')];
  const policy = response.policy ?? 'none';
  const record: Check = response.rr
    ? {
        id: 'dmarc',
        verdict: policy === 'none' ? 'warn' : 'pass',
        note: `${domain}: ${response.rr}`,
      }
    : { id: 'dmarc', verdict: 'fail', note: `${domain} has no DMARC record` };
  const { dkim, spf } = response.alignment ?? {};
  const by = [dkim?.result && 'the signature', spf?.result && 'the return path'].filter(Boolean);
  const alignment: Check =
    by.length > 0
      ? { id: 'alignment', verdict: 'pass', note: `${by.join(' and ')} belongs to ${domain}` }
      : {
          id: 'alignment',
          verdict: 'fail',
          note: `Neither signature nor return path belongs to ${domain}`,
        };
  return [record, alignment];
}

/**
 * Would the large receivers accept our mail: signs a real e-mail and judges it by what stands in DNS.
 * Where DNS cannot be asked it says so; nothing is guessed.
 */
export async function checkAuthentication(subject: AuthenticationSubject): Promise<Check[]> {
  const resolver = subject.resolver ?? systemResolver();
  const [dkim, spf, dmarc] = await Promise.all([
    checkDkim(subject, resolver),
    checkSpf(subject.envelopeDomain, resolver),
    checkDmarc(subject, resolver),
  ]);
  return [dkim, spf, ...dmarc];
}
