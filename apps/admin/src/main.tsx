import '@wedsync/ui/theme.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { mountApp } from '@wedsync/ui/app-root';
import { queryClient } from './lib/query-client.ts';
import { router } from './router.tsx';

mountApp(
  <QueryClientProvider client={queryClient}>
    <RouterProvider router={router} />
  </QueryClientProvider>,
);
