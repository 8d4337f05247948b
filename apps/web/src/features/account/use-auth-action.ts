import { useState } from 'react';
import { authMessage } from '../../lib/auth-client.ts';

interface AuthAnswer<T> {
  data: T | null;
  error: { code?: string | undefined; message?: string | undefined; status: number } | null;
}

/** State of one call to the authentication API: whether it runs, and why it failed. */
export function useAuthAction() {
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  /** Answers the data, or null after a failure that `problem` then explains. */
  const run = async <T>(call: () => Promise<AuthAnswer<T>>): Promise<T | null> => {
    setPending(true);
    setProblem(null);
    try {
      const { data, error } = await call();
      if (error) setProblem(authMessage(error));
      return error ? null : data;
    } catch {
      setProblem(authMessage({ status: 0 }));
      return null;
    } finally {
      setPending(false);
    }
  };

  return { run, isPending, problem, setProblem };
}
