import { type Alias, isAlias, isMap, isScalar, isSeq, LineCounter, visit, type Document, type Node, type Scalar } from 'yaml';
import { suggestion } from '../nearest.ts';

/** One mistake in a file. */
export interface Mistake {
  /** From 1; 0 when it is the whole file's. */
  line: number;
  message: string;
}

/** A key of a map and what stands behind it. */
export interface Field {
  key: Node;
  value: Node;
}

const MOST_MISTAKES = 20;

/** Takes a YAML document's nodes as what they should be, and notes where they are not. Nothing said (`key:`) is as if the key were not there. */
export class YamlNodes {
  readonly mistakes: Mistake[] = [];
  readonly lines = new LineCounter();
  readonly #meant = new Map<Alias, Node>();

  /** Finds what each alias means, the last node of that name before it, in one pass: the library looks through the whole text for each. */
  open(document: Document): void {
    const named = new Map<string, Node>();
    visit(document, {
      Alias: (_, alias) => {
        const node = named.get(alias.source);
        if (node) this.#meant.set(alias, node);
      },
      Value: (_, node) => {
        if (node.anchor !== undefined) named.set(node.anchor, node);
      },
    });
  }

  lineOf(node: Node | undefined): number {
    return node?.range ? this.lines.linePos(node.range[0]).line : 0;
  }

  mistake(node: Node | undefined, message: string): undefined {
    if (this.mistakes.length < MOST_MISTAKES) this.mistakes.push({ line: this.lineOf(node), message });
    return undefined;
  }

  /** The fields of a map by their names, `known` ones only where a list is given. */
  fields(node: Node, what: string, known?: readonly string[]): Map<string, Field> {
    const fields = new Map<string, Field>();
    const found = this.#followed(node);
    if (!isMap(found)) {
      this.mistake(node, `${what} must be keys and values${known ? `, such as ${known[0]}: …` : ''}`);
      return fields;
    }
    for (const pair of found.items) {
      const key = pair.key as Node;
      const name = isScalar(key) ? textOf(key) : undefined;
      if (name === undefined) this.mistake(key, `a key of ${what} must be a text`);
      else if (known && !known.includes(name)) this.mistake(key, `${what} has no '${name.slice(0, 60)}'${suggestion(name, known)}`);
      else if (fields.has(name)) this.mistake(key, `'${name.slice(0, 60)}' is there twice`);
      else if (pair.value !== null && !isNothing(pair.value as Node)) fields.set(name, { key, value: pair.value as Node });
    }
    return fields;
  }

  /** A text; a number or true stands for what was written. */
  text(field: Node | undefined, what: string): string | undefined {
    if (field === undefined) return undefined;
    const node = this.#followed(field);
    return isScalar(node) ? textOf(node) : this.mistake(field, `${what} must be a text`);
  }

  /** A number. */
  number(field: Node | undefined, what: string): number | undefined {
    if (field === undefined) return undefined;
    const node = this.#followed(field);
    const value = isScalar(node) ? node.value : undefined;
    return typeof value === 'number' && Number.isFinite(value) ? value : this.mistake(field, `${what} must be a number`);
  }

  flag(field: Node | undefined, what: string): boolean | undefined {
    if (field === undefined) return undefined;
    const node = this.#followed(field);
    const value = isScalar(node) ? node.value : undefined;
    return typeof value === 'boolean' ? value : this.mistake(field, `${what} must be true or false`);
  }

  /** The items of a list, at most so many; nothing else is one, unless `one` says that a single item may stand for it. */
  list(field: Node | undefined, what: string, { one = false, most = 1000 } = {}): Node[] {
    if (field === undefined) return [];
    const node = this.#followed(field);
    if (isSeq(node) && node.items.length > most) this.mistake(field, `${what} may hold ${most}; there are ${node.items.length}`);
    if (isSeq(node)) return node.items.slice(0, most) as Node[];
    if (one && !isMap(node)) return [field];
    this.mistake(field, `${what} must be a list`);
    return [];
  }

  /** Whether it is a map, a list or a single value. */
  kind(field: Node): 'map' | 'list' | 'single' {
    const node = this.#followed(field);
    return isMap(node) ? 'map' : isSeq(node) ? 'list' : 'single';
  }

  #followed(node: Node): Node | undefined {
    return isAlias(node) ? this.#meant.get(node) : node;
  }
}

function isNothing(node: Node): boolean {
  return isScalar(node) && node.value === null;
}

function textOf({ value, source }: Scalar): string {
  return typeof value === 'string' ? value : (source ?? String(value));
}
