import type { Plugin } from 'vite';

const INTL_FILE = /[\\/]react-(?:aria|aria-components|stately)[\\/].*[\\/]intl[\\/].*[\\/]?([a-z]{2}-[A-Z]{2})\.m?js$/;

/**
 * React Aria ships its own sentences in some thirty languages; the pages speak two of them.
 * The others become empty modules, which takes them out of the first load.
 */
export function onlyTwoLanguages(kept: readonly string[]): Plugin {
  return {
    name: 'only-two-languages',
    enforce: 'pre',
    load(id) {
      const language = INTL_FILE.exec(id)?.[1];
      return language && !kept.includes(language) ? 'export default {}' : null;
    },
  };
}
