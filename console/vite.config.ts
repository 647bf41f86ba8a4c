import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The program that `npm start` runs; `npm run dev` passes calls on to it. */
const program = process.env.CARILLON_URL ?? 'http://127.0.0.1:4000';

export default defineConfig({
  plugins: [react()],
  build: {
    // The page's policy allows no data: fonts or scripts; small files stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': program, '/auth': program } },
});
