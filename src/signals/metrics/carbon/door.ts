import type { CounterLane } from '../../../core/counters.ts';
import { Kind, Method } from '../../../core/series.ts';
import { readName } from '../../../intake/names.ts';
import type { PointsWriter } from '../../../store/points/points-store.ts';
import type { Aggregation, Aggregator } from './aggregate.ts';
import { type NameTable, UNKNOWN } from './name-table.ts';
import { type CarbonRules, decide, NO_RULES, type Refusal } from './rules.ts';

// Targets below zero are not numbers of the writer.
const REFUSALS = ['bad_name', 'blacklist', 'whitelist'] as const satisfies Refusal[];
const BAD_NAME = -1;
const FIRST_SPECIAL = -16;

/** Names that go into aggregations take more memory than others. */
const MOST_SPECIALS = 262_144;

/** A name whose points also, or only, go into aggregations. */
interface Special {
  /** The writer's number, or undefined where the aggregation's result takes the name's place. */
  id: number | undefined;
  /** Undefined where there were too many to open one. */
  aggregations: (Aggregation | undefined)[];
}

/**
 * The way of a point from carbon's protocols into the store. What is to be done with a name is decided once, when it first
 * comes, and found again by its bytes.
 */
export class CarbonDoor {
  readonly names: NameTable;
  readonly #writer: PointsWriter;
  readonly #counters: CounterLane;
  readonly #aggregator: Aggregator | undefined;
  #rules: CarbonRules = NO_RULES;
  #specials: Special[] = [];

  constructor(writer: PointsWriter, counters: CounterLane, names: NameTable, aggregator?: Aggregator) {
    this.#writer = writer;
    this.#counters = counters;
    this.names = names;
    this.#aggregator = aggregator;
  }

  /** Other rules from now on, for names already seen too. */
  useRules(rules: CarbonRules): void {
    this.#rules = rules;
    this.#aggregator?.useRules(rules);
    this.#forget();
  }

  /** The table's record of `bytes[start..end)`, learned where it is new; UNKNOWN for a bad name. */
  record(bytes: Uint8Array, start: number, end: number): number {
    const found = this.names.find(bytes, start, end, this.names.hash(bytes, start, end));
    return found === UNKNOWN ? this.#learn(bytes, start, end) : found;
  }

  /** The number that stands for what is done with points of a record's name. */
  target(record: number): number {
    return record === UNKNOWN ? BAD_NAME : this.names.target(record);
  }

  /**
   * Hands one point on; `time` in milliseconds, `value` not NaN.
   * @returns false when the store's queue is full and the point was not taken
   */
  take(target: number, time: number, value: number): boolean {
    return target >= 0 ? this.#writer.add(target, time, value) : this.#takeSpecial(target, time, value);
  }

  /** True when points of this target are stored or aggregated, false when its name is refused. */
  takes(target: number): boolean {
    return target >= 0 || target <= FIRST_SPECIAL;
  }

  #takeSpecial(target: number, time: number, value: number): boolean {
    if (target > FIRST_SPECIAL) {
      this.#counters.add(`carbon.dropped.${REFUSALS[-1 - target]}`);
      return true;
    }
    const { id, aggregations } = this.#specials[FIRST_SPECIAL - target];
    if (id !== undefined && !this.#writer.add(id, time, value)) return false;
    for (const aggregation of aggregations) this.#aggregator?.take(aggregation, time, value);
    return true;
  }

  #learn(bytes: Uint8Array, start: number, end: number): number {
    const name = readName(bytes, start, end);
    // Not kept in the table: it may be long, and nobody sends it often.
    if (name === undefined) return UNKNOWN;
    if (this.#specials.length >= MOST_SPECIALS) this.#forget();
    const record = this.#add(bytes, start, end, name);
    if (record !== UNKNOWN) return record;
    this.#forget();
    // What was decided is gone with the table.
    return this.#add(bytes, start, end, name);
  }

  #add(bytes: Uint8Array, start: number, end: number, name: string): number {
    return this.names.add(bytes, start, end, this.names.hash(bytes, start, end), this.#decide(name));
  }

  #decide(name: string): number {
    const decision = decide(name, this.#rules);
    if (typeof decision === 'string') return -1 - REFUSALS.indexOf(decision);
    const id = decision.series === undefined ? undefined : this.#writer.declare(decision.series, Kind.unknown, Method.byRule);
    if (id !== undefined && (decision.aggregations.length === 0 || !this.#aggregator)) return id;
    this.#specials.push({ id, aggregations: decision.aggregations.map(({ line, result }) => this.#aggregator?.open(line, result)) });
    return FIRST_SPECIAL - (this.#specials.length - 1);
  }

  #forget(): void {
    this.names.clear();
    this.#writer.forget();
    this.#specials = [];
    this.#aggregator?.tidy();
  }
}
