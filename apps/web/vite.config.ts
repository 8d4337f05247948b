import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { englishOnly } from './scripts/english-only.ts';

const server = 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [englishOnly(), react(), tailwindcss()],
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: {
      '/trpc': server,
      '/api': server,
      '/exports/': server,
      '/r/': server,
      '/u/': server,
    },
  },
  build: {
    // The oldest browsers with light-dark(), which the theme is made of.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    manifest: true,
    // The content security policy allows no data: scripts, and small chunks cache better alone.
    assetsInlineLimit: 0,
  },
});
