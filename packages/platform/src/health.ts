/** A readiness check resolves when the part is usable and rejects with the reason when it is not. */
export type HealthCheck = () => Promise<unknown>;

export interface CheckResult {
  name: string;
  ok: boolean;
  latencyMs: number;
  reason?: string;
}

export interface Health {
  /** /healthz: the process runs and its event loop turns. Asks nobody else. */
  healthz(): Response;
  /** /readyz: every part answers. 503 with the names of those that do not, or while draining. */
  readyz(): Promise<Response>;
  check(): Promise<CheckResult[]>;
  /** From now on /readyz says 503, so that a proxy sends nothing new while work in flight ends. */
  drain(): void;
}

export interface HealthOptions {
  checks: Readonly<Record<string, HealthCheck>>;
  /** A check that takes longer counts as failed. */
  timeoutMs?: number;
}

export function createHealth({ checks, timeoutMs = 2_000 }: HealthOptions): Health {
  let draining = false;
  const check = () =>
    Promise.all(Object.entries(checks).map(([name, run]) => runCheck(name, run, timeoutMs)));
  return {
    healthz: () => Response.json({ status: 'ok' }),
    check,
    drain: () => {
      draining = true;
    },
    async readyz() {
      if (draining) return Response.json({ status: 'draining', checks: [] }, { status: 503 });
      const results = await check();
      const ok = results.every((result) => result.ok);
      const body = { status: ok ? 'ready' : 'unavailable', checks: results.map(publicPart) };
      return Response.json(body, { status: ok ? 200 : 503 });
    },
  };
}

/** Reasons may hold host names and driver messages: they are for the log, not for the network. */
function publicPart({ name, ok, latencyMs }: CheckResult) {
  return { name, ok, latencyMs };
}

async function runCheck(name: string, run: HealthCheck, timeoutMs: number): Promise<CheckResult> {
  const startedAt = performance.now();
  const latency = () => Math.round((performance.now() - startedAt) * 10) / 10;
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([run(), overdue]);
    return { name, ok: true, latencyMs: latency() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { name, ok: false, latencyMs: latency(), reason };
  } finally {
    clearTimeout(timer);
  }
}
