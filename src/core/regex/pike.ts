import { HeedError } from '../errors.ts';
import { classOf, Op, type Program } from './program.ts';
import { Assertion } from './syntax.ts';

/** Threads at one position, most wanted first, each with the positions of its groups. */
interface Threads {
  pcs: Int32Array;
  slots: Int32Array;
  size: number;
}

/**
 * Finds where a match and its groups begin and end, all alternatives side by side (Pike's machine): time is text length
 * times program length at worst. The leftmost match wins, and among those the one a backtracking matcher finds first.
 */
export class Pike {
  readonly #program: Program;
  readonly #slots: number;
  #now: Threads;
  #next: Threads;
  readonly #marks: Int32Array;
  #mark = 0;
  #stepsLeft: number;

  /** `maxSteps` bounds the work over the life of this object. */
  constructor(program: Program, groups: number, maxSteps: number) {
    this.#program = program;
    this.#stepsLeft = maxSteps;
    this.#slots = (groups + 1) * 2;
    this.#marks = new Int32Array(program.ops.length);
    this.#now = this.#threads();
    this.#next = this.#threads();
  }

  #threads(): Threads {
    const length = this.#program.ops.length;
    return { pcs: new Int32Array(length), slots: new Int32Array(length * this.#slots), size: 0 };
  }

  /** Positions `[start, end, group 1 start, group 1 end, …]`, -1 where a group took no part; undefined without a match. */
  run(text: string, from: number, anchored: boolean): Int32Array | undefined {
    const { ops, x, members, classes } = this.#program;
    const width = this.#slots;
    const fresh = new Int32Array(width).fill(-1);
    let found: Int32Array | undefined;
    this.#now.size = 0;
    this.#mark++;
    for (let at = from; ;) {
      const now = this.#now;
      if (!found && (!anchored || at === from)) {
        fresh[0] = at;
        this.#follow(now, 0, text, at, fresh, 0);
      }
      if (now.size === 0 && (found || anchored)) break;
      const code = at < text.length ? (text.codePointAt(at) as number) : -1;
      const column = code < 0 ? -1 : code < 128 ? this.#program.ascii[code] : classOf(this.#program, code);
      const after = at + (code > 0xffff ? 2 : 1);
      this.#mark++;
      for (let t = 0; t < now.size; t++) {
        const pc = now.pcs[t];
        if (ops[pc] === Op.match) {
          found = now.slots.slice(t * width, (t + 1) * width);
          found[1] = at;
          break;
        }
        if (column >= 0 && members[x[pc] * classes + column] === 1) this.#follow(this.#next, pc + 1, text, after, now.slots, t * width);
      }
      if (code < 0) break;
      now.size = 0;
      this.#now = this.#next;
      this.#next = now;
      at = after;
    }
    return found;
  }

  /** Adds the thread at `pc`, and all that it leads to without a character, in order of preference. */
  #follow(threads: Threads, pc: number, text: string, at: number, slots: Int32Array, from: number): void {
    const { ops, x, y } = this.#program;
    const width = this.#slots;
    const own = slots.slice(from, from + width);
    // A negative entry -n puts back what slot n-1 held, kept one below it.
    const stack = [pc];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (top < 0) {
        own[-top - 1] = stack.pop() as number;
        continue;
      }
      if (this.#marks[top] === this.#mark) continue;
      this.#marks[top] = this.#mark;
      this.#stepsLeft--;
      const op = ops[top];
      if (op === Op.split) stack.push(y[top], x[top]);
      else if (op === Op.jump) stack.push(x[top]);
      else if (op === Op.save) {
        stack.push(own[x[top]], -x[top] - 1, top + 1);
        own[x[top]] = at;
      } else if (op === Op.assert) {
        if (holds(x[top], text, at)) stack.push(top + 1);
      } else {
        threads.pcs[threads.size] = top;
        threads.slots.set(own, threads.size * width);
        threads.size++;
      }
    }
    if (this.#stepsLeft < 0) throw new HeedError('too_many_steps', 'cannot run regex: it takes too long; make it simpler');
  }
}

function holds(assertion: number, text: string, at: number): boolean {
  if (assertion === Assertion.start) return at === 0;
  if (assertion === Assertion.end) return at === text.length;
  return (isWord(text, at - 1) !== isWord(text, at)) === (assertion === Assertion.wordEdge);
}

function isWord(text: string, at: number): boolean {
  return at >= 0 && at < text.length && /\w/.test(text[at]);
}
