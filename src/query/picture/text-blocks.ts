import { micromark } from 'micromark';

/** A piece of a text that looks the same throughout. */
export interface TextRun {
  text: string;
  look: 'plain' | 'strong' | 'code' | 'link';
}

/** A paragraph of a text, or what stands for one. `\n` within a run ends a line. */
export interface TextBlock {
  kind: 'heading' | 'prose' | 'code' | 'rule';
  /** 1 to 6 of a heading. */
  level: number;
  /** Lists and quotes that it stands in. */
  indent: number;
  /** What stands before a list's entry, e.g. `2.`. */
  marker: string;
  runs: TextRun[];
}

/** Of what is longer the begin is read: Markdown that is made to be slow takes time by the square of its length. */
const MOST = 5000;

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
const decode = (text: string): string => text.replaceAll(/&(?:amp|lt|gt|quot);/g, (entity) => ENTITIES[entity]);

/** Reads Markdown as the screens do: of the few tags that micromark writes blocks are made. */
export function readText(markdown: string): TextBlock[] {
  const html = micromark(markdown.length > MOST ? `${markdown.slice(0, MOST).trimEnd()}…` : markdown);
  const reading = new Reading();
  for (const [, close, tag, attributes, text] of html.matchAll(/<(\/?)(\w+)([^>]*)>|([^<]+)/g)) {
    if (text !== undefined) reading.text(decode(text));
    else if (close === '') reading.open(tag, attributes);
    else reading.close(tag);
  }
  return reading.blocks;
}

class Reading {
  readonly blocks: TextBlock[] = [];
  #block: TextBlock | undefined;
  /** The number of the next entry, by list; NaN where they have none. */
  readonly #lists: number[] = [];
  #indent = 0;
  #marker = '';
  #strong = 0;
  #isCode = false;
  #isLink = false;

  open(tag: string, attributes: string): void {
    const heading = /^h([1-6])$/.exec(tag);
    if (heading) this.#begin('heading', Number(heading[1]));
    else if (tag === 'p') this.#begin('prose');
    else if (tag === 'pre') this.#begin('code');
    else if (tag === 'hr') this.#begin('rule');
    else if (tag === 'ul' || tag === 'ol') this.#openList(tag === 'ul' ? NaN : Number(/start="(\d+)"/.exec(attributes)?.[1] ?? 1));
    else if (tag === 'li') this.#openEntry();
    else if (tag === 'blockquote') this.#indent++;
    else if (tag === 'strong' || tag === 'em') this.#strong++;
    else if (tag === 'code') this.#isCode = true;
    else if (tag === 'a') this.#isLink = true;
    else if (tag === 'br') this.#block?.runs.push({ text: '\n', look: 'plain' });
    else if (tag === 'img') this.text(decode(/alt="([^"]*)"/.exec(attributes)?.[1] ?? ''));
    if (tag === 'hr') this.#block = undefined;
  }

  close(tag: string): void {
    if (/^(?:h[1-6]|p|pre|li)$/.test(tag)) this.#block = undefined;
    else if (tag === 'ul' || tag === 'ol') {
      this.#lists.pop();
      this.#indent--;
    } else if (tag === 'blockquote') this.#indent--;
    else if (tag === 'strong' || tag === 'em') this.#strong--;
    else if (tag === 'code') this.#isCode = false;
    else if (tag === 'a') this.#isLink = false;
  }

  text(text: string): void {
    // Between blocks there is nothing but ends of lines; an entry of a tight list has no paragraph.
    if (!this.#block && text.trim() === '') return;
    const block = this.#block ?? this.#begin('prose');
    const shown = block.kind === 'code' ? text : text.replaceAll('\n', ' ');
    block.runs.push({ text: shown, look: this.#isLink ? 'link' : this.#isCode ? 'code' : this.#strong > 0 ? 'strong' : 'plain' });
  }

  #begin(kind: TextBlock['kind'], level = 0): TextBlock {
    const block: TextBlock = { kind, level, indent: this.#indent, marker: this.#marker, runs: [] };
    this.#marker = '';
    this.#block = block;
    this.blocks.push(block);
    return block;
  }

  #openList(first: number): void {
    this.#block = undefined;
    this.#lists.push(first);
    this.#indent++;
  }

  #openEntry(): void {
    this.#block = undefined;
    const number = this.#lists[this.#lists.length - 1];
    this.#marker = Number.isNaN(number) ? '•' : `${number}.`;
    this.#lists[this.#lists.length - 1]++;
  }
}
