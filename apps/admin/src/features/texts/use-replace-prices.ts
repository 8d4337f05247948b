import { useMutation, useQueryClient } from '@tanstack/react-query';
import { plural } from '@wedsync/ui/format';
import { notify } from '@wedsync/ui/toast';
import { trpc } from '../../lib/trpc.ts';

/** Replaces the whole price table, and says how many prices are in it then. */
export function useReplacePrices(onDone: () => void) {
  const queries = useQueryClient();
  return useMutation(
    trpc.monitoring.updateSmsPrices.mutationOptions({
      onSuccess: (prices) => {
        notify({ tone: 'done', title: `${plural(prices.length, 'price')} in use` });
        onDone();
        return queries.invalidateQueries({ queryKey: trpc.monitoring.listSmsPrices.pathKey() });
      },
    }),
  );
}
