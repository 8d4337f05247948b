/** One event of a server-sent event stream. */
export interface ServerEvent {
  id: string | undefined;
  event: string | undefined;
  data: unknown;
}

/** An open stream; `next` waits for the next event, `undefined` says that the server ended it. */
export interface EventStream {
  status: number;
  contentType: string | null;
  next(): Promise<ServerEvent | undefined>;
  /** Breaks the connection as a lost network would. */
  kill(): void;
}

function parse(block: string): ServerEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trimStart());
  }
  const data = fields.get('data');
  if (fields.size === 0) return undefined;
  return {
    id: fields.get('id'),
    event: fields.get('event'),
    data: data ? JSON.parse(data) : undefined,
  };
}

export async function openEventStream(
  url: URL,
  headers: Record<string, string>,
): Promise<EventStream> {
  const stop = new AbortController();
  const response = await fetch(url, { headers, signal: stop.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    kill: () => stop.abort(),
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const event = parse(text.slice(0, end));
          text = text.slice(end + 2);
          if (event && event.event !== 'connected' && event.event !== 'ping') return event;
          continue;
        }
        const chunk = await reader?.read();
        if (!chunk || chunk.done) return undefined;
        text += chunk.value.replaceAll('\r\n', '\n');
      }
    },
  };
}
