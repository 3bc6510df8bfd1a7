import './zod-setup.ts';
import 'dkfds/dist/css/dkfds.css';
import './styles.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api.ts';
import { startLanguage } from './i18n/setup.ts';
import { router } from './router.tsx';

startLanguage();
const root = document.getElementById('root');
if (!root) throw new Error('index.html holds no root element');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
