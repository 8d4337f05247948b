import type { SmsSendRequest } from '@wedsync/contracts/communications-sms';
import { smsOutcome, smsTrouble } from '../model/sms/provider-outcome.ts';
import type { OutboundText, SendOutcome, SmsSource, SmsTransport } from '../ports.ts';

export interface HttpSmsOptions {
  /** As it is called in rates and in the list of providers. */
  name: string;
  /** Where a text is posted to; user and password in it become Basic authentication (RFC 7617). */
  url: string;
  /** Bearer token (RFC 6750). */
  token?: string | undefined;
  /** The provider never sends twice what carries the same `Idempotency-Key`. */
  isIdempotent: boolean;
  connectionsMax?: number;
  /** For one request with its answer. */
  timeoutMs?: number;
}

const connectionsDefault = 10;
const timeoutDefaultMs = 8_000;
/** An answer is a few fields; whatever is longer is none. */
const answerBytesMax = 64 * 1024;
/** A provider that asks to wait no longer than this is waited for. */
const patienceMs = 1_500;

/**
 * The way to a provider of text messages that speaks HTTP: one POST of JSON per text, with the id of
 * the delivery as idempotency key. Requests of all callers share the connections in turn.
 */
export function createHttpSmsTransport(options: HttpSmsOptions): SmsTransport {
  const { url, headers } = endpointOf(options);
  const { isIdempotent, timeoutMs = timeoutDefaultMs } = options;
  const connectionsMax = options.connectionsMax ?? connectionsDefault;
  const turns = createTurns(connectionsMax);
  /** Until then the provider wants nothing. */
  let silentUntil = 0;

  async function post(text: OutboundText): Promise<SendOutcome & { retryAfterMs?: number }> {
    const body: SmsSendRequest = {
      id: text.id,
      reference: text.reference,
      from: text.from,
      to: text.to,
      text: text.text,
    };
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': text.id },
        body: JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const retryAfter = answer.headers.get('retry-after');
      return smsOutcome(
        { status: answer.status, retryAfter, body: await readShort(answer) },
        { isIdempotent, now: Date.now() },
      );
    } catch (error) {
      return smsTrouble(error, isIdempotent);
    }
  }

  async function submit(text: OutboundText): Promise<SendOutcome> {
    if (Date.now() < silentUntil) return { kind: 'unreachable', code: 'asked_to_wait' };
    let outcome = await post(text);
    const waitMs = outcome.retryAfterMs;
    if (waitMs !== undefined && waitMs <= patienceMs) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      outcome = await post(text);
    }
    if (outcome.retryAfterMs !== undefined) silentUntil = Date.now() + outcome.retryAfterMs;
    const { retryAfterMs: _, ...settled } = outcome;
    return settled;
  }

  return {
    name: options.name,
    connectionsMax,
    isIdempotent,
    async send(source, signal) {
      let isOver = false;
      const lane = async () => {
        while (!isOver) {
          await turns.take();
          try {
            isOver ||= signal.aborted || !(await sendNext(source, submit));
          } finally {
            turns.giveBack();
          }
        }
      };
      await Promise.all(Array.from({ length: connectionsMax }, lane));
    },
    async sendOne(text) {
      await turns.take();
      return submit(text).finally(() => turns.giveBack());
    },
    close: () => turns.empty(),
  };
}

/** False where the source has nothing more, or nothing would get through. */
async function sendNext(
  source: SmsSource,
  submit: (text: OutboundText) => Promise<SendOutcome>,
): Promise<boolean> {
  const text = source.next();
  if (!text) return false;
  if (!source.starting(text.id)) {
    source.settled(text.id, { kind: 'withheld' });
    return true;
  }
  const outcome = await submit(text);
  source.settled(text.id, outcome);
  return outcome.kind !== 'unreachable';
}

function endpointOf({ url, token }: HttpSmsOptions) {
  const address = new URL(url);
  const login = [address.username, address.password].map(decodeURIComponent).join(':');
  const basic = login === ':' ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
  address.username = '';
  address.password = '';
  const authorization = token ? `Bearer ${token}` : basic;
  return {
    url: address.href,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(authorization ? { authorization } : {}),
    },
  };
}

/** The status has said what matters: a body that breaks off only loses the provider's own id. */
async function readShort(answer: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  try {
    for await (const part of answer.body ?? []) {
      text += decoder.decode(part, { stream: true });
      if (text.length > answerBytesMax) break;
    }
  } catch {
    return '';
  }
  return text;
}

/** As many may work at once as there are turns; who waits longest is next. */
function createTurns(count: number) {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    take(): Promise<void> {
      if (free > 0) {
        free--;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    giveBack(): void {
      const next = waiting.shift();
      if (next) next();
      else free++;
    },
    /** Resolves when nobody works any more. */
    async empty(): Promise<void> {
      for (let index = 0; index < count; index++) await this.take();
    },
  };
}
