import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { onlyTwoLanguages } from './only-two-languages';

export default defineConfig({
  plugins: [react(), tailwindcss(), onlyTwoLanguages(['ja-JP', 'en-US'])],
  resolve: {
    alias: { 'domain-messages': fileURLToPath(new URL('../src/messages', import.meta.url)) },
  },
  // Nothing may be inlined as a data: URL except images; the content security policy refuses the rest.
  build: { outDir: 'dist', assetsInlineLimit: 0, sourcemap: false },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
