import { type AuthFailure, authMessage } from '@wedsync/contracts/auth-failure';
import { useState } from 'react';

/** What a call to the authentication API comes back with: data, or why not. */
export interface AuthAnswer<T> {
  data: T | null;
  error: AuthFailure | null;
}

/** State of one call to the authentication API: whether it runs, and why it failed. */
export function useAuthAction() {
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  /** Answers the data, or null after a failure that `problem` then explains. */
  const run = async <T,>(call: () => Promise<AuthAnswer<T>>): Promise<T | null> => {
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
