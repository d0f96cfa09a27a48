import { charSet, type CharSet } from './char-set.ts';
import { Assertion, type Syntax } from './syntax.ts';

/** Instructions of a compiled pattern. `set` goes on at the next one; the last instruction is always the one `match`. */
export const Op = { set: 0, split: 1, jump: 2, save: 3, assert: 4, match: 5 } as const;

/**
 * A pattern as instructions for the matchers. Code points that no set tells apart share a class, so tables stay small.
 */
export interface Program {
  ops: Uint8Array;
  /** First operand: the set, the preferred branch, the target, the slot, the assertion. */
  x: Int32Array;
  /** Second operand: the other branch. */
  y: Int32Array;
  /** Class of each ASCII code. */
  ascii: Uint16Array;
  /** Starts of the classes' ranges over all code points, ascending, and the class of each. */
  starts: number[];
  classes: number;
  /** `members[set * classes + class]` is 1 when the set has the class. */
  members: Uint8Array;
  hasWordEdges: boolean;
}

const MAX_INSTRUCTIONS = 20_000;
const MAX_SETS = 1024;

/** Compiles syntax; undefined when the program would grow past its bound. */
export function compileProgram(syntax: Syntax): Program | undefined {
  const builder = new Builder();
  if (!builder.add(syntax) || !builder.emit(Op.match)) return undefined;
  return builder.build();
}

/** The class of a code point above ASCII. */
export function classOf(program: Program, code: number): number {
  const { starts } = program;
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (starts[middle] <= code) low = middle;
    else high = middle;
  }
  return low;
}

class Builder {
  readonly #ops: number[] = [];
  readonly #x: number[] = [];
  readonly #y: number[] = [];
  readonly #sets: CharSet[] = [];
  readonly #setIndex = new Map<string, number>();

  emit(op: number, x = 0, y = 0): boolean {
    this.#ops.push(op);
    this.#x.push(x);
    this.#y.push(y);
    return this.#ops.length <= MAX_INSTRUCTIONS;
  }

  /** False as soon as a bound is passed. */
  add(syntax: Syntax): boolean {
    switch (syntax.type) {
      case 'set':
        return this.#set(syntax.set);
      case 'sequence':
        return syntax.parts.every((part) => this.add(part));
      case 'choice':
        return this.#choice(syntax.parts);
      case 'repeat':
        return this.#repeat(syntax);
      case 'group':
        return this.emit(Op.save, syntax.index * 2) && this.add(syntax.part) && this.emit(Op.save, syntax.index * 2 + 1);
      default:
        return this.emit(Op.assert, syntax.at);
    }
  }

  #set(set: CharSet): boolean {
    const key = set.join();
    let index = this.#setIndex.get(key);
    if (index === undefined) {
      index = this.#sets.push(set) - 1;
      this.#setIndex.set(key, index);
    }
    return index < MAX_SETS && this.emit(Op.set, index);
  }

  #choice(parts: Syntax[]): boolean {
    const exits: number[] = [];
    for (const [i, part] of parts.entries()) {
      const split = this.#ops.length;
      const last = i === parts.length - 1;
      if (!last && !this.emit(Op.split, split + 1)) return false;
      if (!this.add(part)) return false;
      if (last) break;
      exits.push(this.#ops.length);
      if (!this.emit(Op.jump)) return false;
      this.#y[split] = this.#ops.length;
    }
    for (const exit of exits) this.#x[exit] = this.#ops.length;
    return true;
  }

  #repeat({ part, min, max, greedy }: Extract<Syntax, { type: 'repeat' }>): boolean {
    for (let i = 0; i < min; i++) if (!this.add(part)) return false;
    const splits: number[] = [];
    const unbounded = max === Infinity;
    for (let i = min; i < (unbounded ? min + 1 : max); i++) {
      splits.push(this.#ops.length);
      if (!this.emit(Op.split) || !this.add(part)) return false;
    }
    if (unbounded && !this.emit(Op.jump, splits[0])) return false;
    for (const split of splits) {
      this.#x[split] = greedy ? split + 1 : this.#ops.length;
      this.#y[split] = greedy ? this.#ops.length : split + 1;
    }
    return true;
  }

  build(): Program | undefined {
    const edges = new Set([0]);
    for (const set of this.#sets) for (let i = 0; i < set.length; i++) edges.add(i % 2 === 0 ? set[i] : set[i] + 1);
    const starts = [...edges].toSorted((a, b) => a - b);
    const classes = starts.length;
    if (classes > MAX_SETS * 2) return undefined;
    const members = new Uint8Array(this.#sets.length * classes);
    for (const [index, set] of this.#sets.entries()) {
      const ranges = charSet(set);
      let range = 0;
      for (let c = 0; c < classes; c++) {
        while (range < ranges.length && ranges[range + 1] < starts[c]) range += 2;
        if (range < ranges.length && ranges[range] <= starts[c]) members[index * classes + c] = 1;
      }
    }
    const program: Program = {
      ops: Uint8Array.from(this.#ops),
      x: Int32Array.from(this.#x),
      y: Int32Array.from(this.#y),
      ascii: new Uint16Array(128),
      starts,
      classes,
      members,
      hasWordEdges: this.#ops.some((op, i) => op === Op.assert && this.#x[i] >= Assertion.wordEdge),
    };
    for (let code = 0; code < 128; code++) program.ascii[code] = classOf(program, code);
    return program;
  }
}
