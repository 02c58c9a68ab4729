import Markdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';

interface HtmlNode {
  type: string;
  children?: HtmlNode[];
}

/** HTML in the source is shown as it was written; without this the sanitiser would take it away, and with it what somebody wrote. */
const htmlAsText = () => (tree: HtmlNode) => {
  const visit = (node: HtmlNode): void => {
    if (node.type === 'raw') node.type = 'text';
    node.children?.forEach(visit);
  };
  visit(tree);
};

/** An address with what it was written with, such as template tags, in place of its escapes. */
function asWritten(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

/** Two levels down: the page has its own title and sections. Pictures of elsewhere are not fetched; their words stay. */
const COMPONENTS: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  h6: ({ children }) => <h6>{children}</h6>,
  a: ({ href, children }) => (
    <a href={href} className="text-link" rel="noopener noreferrer nofollow" target="_blank">
      {children}
    </a>
  ),
  img: ({ alt, src }) => (
    <span className="text-soft">
      [{[alt, typeof src === 'string' ? asWritten(src) : ''].filter(Boolean).join(': ')}]
    </span>
  ),
  pre: ({ children }) => (
    <pre tabIndex={0} className="my-2 max-w-full overflow-x-auto rounded-8 border border-line bg-tint p-3">
      {children}
    </pre>
  ),
  table: ({ children }) => (
    <div className="my-2 max-w-full overflow-x-auto" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
};

const FRONT_MATTER = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

/** Markdown that somebody wrote or pasted: sanitised, never evaluated. Template tags and HTML appear as text. */
export function MarkdownText({ children }: { children: string }) {
  const text = children.replace(FRONT_MATTER, (_, head: string) => `\`\`\`yaml\n${head}\n\`\`\`\n`);
  return (
    <div className="markdown max-w-prose break-words">
      <Markdown
        remarkPlugins={[remarkGfm]}
        remarkRehypeOptions={{ allowDangerousHtml: true }}
        rehypePlugins={[htmlAsText, rehypeSanitize]}
        components={COMPONENTS}
      >
        {text}
      </Markdown>
    </div>
  );
}
