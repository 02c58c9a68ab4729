import { SaxesParser } from 'saxes';
import { TabularError } from '../tabular-error';
import { invalid } from './xlsx-archive';

/** What a reader of one XML part listens to. Names come without their namespace prefix. */
export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Text that a hostile part makes the parser hold at once. */
const MAX_PENDING_CHARS = 4 * 1024 * 1024;
const MAX_DEPTH = 64;

/**
 * Parses an XML part fed in chunks. Refuses a DOCTYPE, hence all entity tricks, endless names or texts and deep nesting;
 * every fault is XLSX_INVALID.
 */
export class XmlReader {
  private readonly parser = new SaxesParser({ xmlns: false });
  private pendingChars = 0;
  private depth = 0;

  constructor(
    private readonly part: string,
    handlers: XmlHandlers,
  ) {
    this.parser.on('error', (error) => {
      throw invalid(`The part ${part} is not well-formed XML.`, error);
    });
    this.parser.on('doctype', () => {
      throw invalid(`The part ${part} declares a document type.`);
    });
    this.parser.on('opentag', (tag) => {
      this.pendingChars = 0;
      this.depth += 1;
      if (this.depth > MAX_DEPTH) throw invalid(`The part ${part} is nested too deeply.`);
      handlers.open(withoutPrefix(tag.name), tag.attributes);
    });
    this.parser.on('closetag', (tag) => {
      this.pendingChars = 0;
      this.depth -= 1;
      handlers.close?.(withoutPrefix(tag.name));
    });
    const onText = (text: string) => {
      this.pendingChars = 0;
      handlers.text?.(text);
    };
    this.parser.on('text', onText);
    this.parser.on('cdata', onText);
  }

  write(chunk: string): void {
    this.pendingChars += chunk.length;
    this.feed(() => this.parser.write(chunk));
    if (this.pendingChars > MAX_PENDING_CHARS) throw invalid(`The part ${this.part} holds a text without end.`);
  }

  end(): void {
    this.feed(() => this.parser.close());
  }

  private feed(action: () => void): void {
    try {
      action();
    } catch (error) {
      throw error instanceof TabularError ? error : invalid(`The part ${this.part} cannot be parsed.`, error);
    }
  }
}

/** Reads a whole part, which must be small enough for its handlers to keep. */
export async function readXml(part: string, chunks: AsyncIterable<string>, handlers: XmlHandlers): Promise<void> {
  const reader = new XmlReader(part, handlers);
  for await (const chunk of chunks) reader.write(chunk);
  reader.end();
}

/** The value of an attribute that always has a prefix, such as `r:id`, whatever prefix the file chose. */
export function prefixedAttribute(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  const key = Object.keys(attributes).find((candidate) => candidate.endsWith(`:${name}`));
  return key === undefined ? undefined : attributes[key];
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
