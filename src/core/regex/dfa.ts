import { HeedError } from '../errors.ts';
import { classOf, Op, type Program } from './program.ts';
import { Assertion } from './syntax.ts';

/** States 0 and 1 are ends: nothing can match any more, and it has matched whatever follows. */
const DEAD = 0;
const MATCHED = 1;
const UNKNOWN = -1;
const MAX_TABLE = 1 << 19;

/**
 * Answers whether a text matches, one table look-up a character. States are sets of instructions, built when first met
 * and thrown away when the table is full, so time is linear in the text and memory bounded whatever the pattern is.
 * The program must not test for word edges.
 */
export class Dfa {
  readonly #program: Program;
  readonly #anchored: boolean;
  readonly #ids = new Map<string, number>();
  #sets: number[][] = [];
  #table: Int32Array;
  /** 1 where the text may end. */
  #ends: Uint8Array;
  #start = UNKNOWN;
  readonly #maxStates: number;
  readonly #marks: Int32Array;
  #mark = 0;
  #stepsLeft: number;

  /**
   * `anchored`: the match must begin where the text does; otherwise anywhere. `maxSteps` bounds the work of building states over
   * the life of this object.
   */
  constructor(program: Program, anchored: boolean, maxSteps: number) {
    this.#program = program;
    this.#anchored = anchored;
    this.#stepsLeft = maxSteps;
    this.#maxStates = Math.max(16, Math.floor(MAX_TABLE / program.classes));
    this.#table = new Int32Array(16 * program.classes);
    this.#ends = new Uint8Array(16);
    this.#marks = new Int32Array(program.ops.length);
    this.#forget();
  }

  matches(text: string): boolean {
    const { ascii, classes } = this.#program;
    let state = this.#startState();
    if (state <= MATCHED) return state === MATCHED;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      let column: number;
      if (code < 128) column = ascii[code];
      else {
        const point = text.codePointAt(i) as number;
        if (point > 0xffff) i++;
        column = classOf(this.#program, point);
      }
      let next = this.#table[state * classes + column];
      if (next === UNKNOWN) next = this.#step(state, column);
      if (next <= MATCHED) return next === MATCHED;
      state = next;
    }
    return this.#ends[state] === 1;
  }

  /** As `matches`, of UTF-8; bytes that are none read as U+FFFD. */
  matchesBytes(bytes: Uint8Array, start: number, end: number): boolean {
    const { ascii, classes } = this.#program;
    let table = this.#table;
    let state = this.#startState();
    if (state <= MATCHED) return state === MATCHED;
    for (let i = start; i < end; i++) {
      const code = bytes[i];
      if (code >= 128) return this.matches(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString());
      let next = table[state * classes + ascii[code]];
      if (next <= MATCHED) {
        if (next === UNKNOWN) {
          next = this.#step(state, ascii[code]);
          table = this.#table;
        }
        if (next <= MATCHED) return next === MATCHED;
      }
      state = next;
    }
    return this.#ends[state] === 1;
  }

  #forget(): void {
    this.#ids.clear();
    this.#sets = [[], []];
    this.#table.fill(UNKNOWN);
    this.#start = UNKNOWN;
  }

  #startState(): number {
    if (this.#start === UNKNOWN) {
      const set: number[] = [];
      this.#mark++;
      this.#close(0, true, false, set);
      this.#start = this.#stateOf(set, true);
    }
    return this.#start;
  }

  #step(state: number, column: number): number {
    const { ops, x, members, classes } = this.#program;
    const next: number[] = [];
    this.#mark++;
    for (const pc of this.#sets[state]) if (ops[pc] === Op.set && members[x[pc] * classes + column] === 1) this.#close(pc + 1, false, false, next);
    if (!this.#anchored) this.#close(0, false, false, next);
    const before = this.#sets.length;
    const id = this.#stateOf(next, false);
    // After a table was thrown away the old state's row is another's.
    if (this.#sets.length >= before) this.#table[state * classes + column] = id;
    return id;
  }

  /** Adds all that `pc` leads to without a character; every instruction once per mark. */
  #close(pc: number, atStart: boolean, atEnd: boolean, into: number[]): void {
    const { ops, x, y } = this.#program;
    const stack = [pc];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (this.#marks[at] === this.#mark) continue;
      this.#marks[at] = this.#mark;
      this.#stepsLeft--;
      const op = ops[at];
      if (op === Op.split) stack.push(y[at], x[at]);
      else if (op === Op.jump) stack.push(x[at]);
      else if (op === Op.save) stack.push(at + 1);
      else if (op === Op.assert) {
        if (x[at] === Assertion.start ? atStart : atEnd) stack.push(at + 1);
        else if (x[at] === Assertion.end) into.push(at);
      } else into.push(at);
    }
    if (this.#stepsLeft < 0) throw new HeedError('too_many_steps', 'cannot run regex: it takes too long; make it simpler');
  }

  #stateOf(set: number[], atStart: boolean): number {
    const last = this.#program.ops.length - 1;
    if (set.length === 0) return DEAD;
    if (set.includes(last)) return MATCHED;
    set.sort((a, b) => a - b);
    this.#stepsLeft -= set.length;
    const key = (atStart ? '^' : '') + set.join();
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    if (this.#sets.length >= this.#maxStates) this.#forget();
    const id = this.#sets.push(set) - 1;
    this.#ids.set(key, id);
    this.#reserve(id);
    const atEnd: number[] = [];
    this.#mark++;
    for (const pc of set) if (this.#program.ops[pc] === Op.assert) this.#close(pc, atStart, true, atEnd);
    this.#ends[id] = atEnd.includes(last) ? 1 : 0;
    return id;
  }

  #reserve(id: number): void {
    if (id < this.#ends.length) return;
    const table = new Int32Array(this.#table.length * 2).fill(UNKNOWN, this.#table.length);
    table.set(this.#table);
    this.#table = table;
    const ends = new Uint8Array(this.#ends.length * 2);
    ends.set(this.#ends);
    this.#ends = ends;
  }
}
