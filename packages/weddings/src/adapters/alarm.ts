/** A signal that is remembered until somebody looks: ringing twice before that rings once. */
export interface Alarm {
  ring(): void;
  /** Whether it rang since the last look. */
  take(): boolean;
  /** Resolves when it rings, when `signal` aborts, or after `timeoutMs`. */
  wait(timeoutMs: number): Promise<void>;
}

export function createAlarm(signal: AbortSignal): Alarm {
  let rung = false;
  let release: (() => void) | undefined;
  signal.addEventListener('abort', () => release?.(), { once: true });
  return {
    ring() {
      rung = true;
      release?.();
    },
    take() {
      const was = rung;
      rung = false;
      return was;
    },
    wait(timeoutMs) {
      if (rung || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(() => release?.(), timeoutMs);
        release = () => {
          clearTimeout(timer);
          release = undefined;
          resolve();
        };
      });
    },
  };
}
