import { z } from 'zod';

const LogLine = z.object({
  level: z.string(),
  msg: z.string().optional(),
  event: z.string().optional(),
  err: z.object({ message: z.string() }).partial().optional(),
});

/** A child's line as a person should see it on the terminal; undefined when it need not be seen. */
export function noteworthy(line: string): string | undefined {
  if (line.trim() === '') return undefined;
  if (!line.startsWith('{')) return /error|fatal|refus|must/i.test(line) ? line : undefined;
  const parsed = LogLine.safeParse(parseJson(line));
  if (!parsed.success || !['error', 'fatal'].includes(parsed.data.level)) return undefined;
  const { msg, event, err } = parsed.data;
  return [event, msg, err?.message].filter(Boolean).join(': ');
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Remembers the last few noteworthy lines of a child, and what came last if none was. */
export function createTail(size = 8): { add(line: string): void; lines(): string[] } {
  const noted: string[] = [];
  const all: string[] = [];
  const push = (list: string[], line: string) => {
    list.push(line.slice(0, 400));
    if (list.length > size) list.shift();
  };
  return {
    add(line) {
      push(all, line);
      const note = noteworthy(line);
      if (note) push(noted, note);
    },
    lines: () => (noted.length > 0 ? noted : all),
  };
}
