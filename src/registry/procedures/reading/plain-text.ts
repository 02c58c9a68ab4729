import type { Token, Tokens } from 'marked';

/** The words of inline Markdown without its marks; HTML tags are left out, links and code keep their text. */
export function plainText(tokens: readonly Token[]): string {
  return tokens.map(wordsOf).join('').replace(/\s+/gu, ' ').trim();
}

function wordsOf(token: Token): string {
  if (token.type === 'html' || token.type === 'checkbox') return '';
  if (token.type === 'br') return ' ';
  if (token.type === 'image') return (token as Tokens.Image).text;
  const inner = (token as { tokens?: Token[] }).tokens;
  if (inner && inner.length > 0) return inner.map(wordsOf).join('');
  return unescaped((token as Tokens.Text).text ?? token.raw);
}

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** The lexer has escaped what it takes for HTML; here it is text and nothing else. */
function unescaped(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] as string);
}
