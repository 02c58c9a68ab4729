import { defineConfig } from '@hey-api/openapi-ts';

/** `npm run api --workspace web`: the types of the service, from the description it publishes. */
export default defineConfig({
  input: '../docs/openapi.json',
  output: 'src/api/generated',
  plugins: ['@hey-api/typescript'],
});
