import { crc32 } from 'node:zlib';
import { bitsOf, packWords, unpackWords } from './codec/bits.ts';
import { ByteSink, ByteSource, damaged } from './codec/bytes.ts';

// Which series a block has and where. On disk and in memory the same: varint where the first one's data starts (0 unless a scan of damaged
// data made the index), then groups of 256 series, each
//   varint first id - last id of the group before · varint bytes of data · u8 width of id gaps · u8 width of lengths · varint least length
//   packed gaps between ids · packed lengths
// and a CRC at the end. Only a small table of where groups start is made beside it.

const GROUP = 256;
const CRC_BYTES = 4;

/** Collects series, in ascending order, into an index. */
export class SeriesIndexBuilder {
  readonly #sink = new ByteSink(4096);
  readonly #ids = new Uint32Array(GROUP);
  readonly #lengths = new Uint32Array(GROUP);
  #count = 0;
  #lastId = 0;
  /** Series added so far. */
  series = 0;

  constructor(start = 0) {
    this.#sink.varint(start);
  }

  /** Adds a series whose data is the next `length` bytes. */
  add(id: number, length: number): void {
    if (this.#count === GROUP) this.#endGroup();
    this.#ids[this.#count] = id;
    this.#lengths[this.#count++] = length;
    this.series++;
  }

  /** The index's bytes, checksum and all. */
  finish(): Uint8Array {
    this.#endGroup();
    const sink = this.#sink;
    sink.u32(crc32(sink.bytes.subarray(0, sink.at)));
    return sink.bytes.subarray(0, sink.at);
  }

  #endGroup(): void {
    const count = this.#count;
    if (count === 0) return;
    const sink = this.#sink;
    const ids = this.#ids;
    const lengths = this.#lengths;
    let bytes = 0;
    let least = lengths[0];
    let most = 0;
    let gaps = 0;
    for (let i = 0; i < count; i++) {
      bytes += lengths[i];
      least = Math.min(least, lengths[i]);
      most = Math.max(most, lengths[i]);
    }
    const lastId = ids[count - 1];
    sink.varint(ids[0] - this.#lastId);
    sink.varint(bytes);
    for (let i = 0; i < count - 1; i++) gaps |= ids[i] = ids[i + 1] - ids[i] - 1;
    for (let i = 0; i < count; i++) lengths[i] -= least;
    const gapWidth = bitsOf(gaps >>> 0);
    const lengthWidth = bitsOf(most - least);
    sink.u8(gapWidth);
    sink.u8(lengthWidth);
    sink.varint(least);
    packWords(sink, ids, count - 1, gapWidth);
    packWords(sink, lengths, count, lengthWidth);
    this.#lastId = lastId;
    this.#count = 0;
  }
}

/** Answers where series are in a block's data. */
export class SeriesIndex {
  readonly series: number;
  readonly #source: ByteSource;
  /** By group: first id, where its data starts, where its bytes are. */
  readonly #firstIds: Uint32Array;
  readonly #starts: Float64Array;
  readonly #offsets: Uint32Array;
  /** The group looked at last, taken apart. */
  #group = -1;
  readonly #ids = new Uint32Array(GROUP);
  readonly #ends = new Float64Array(GROUP);
  #position = 0;
  /** Where the series found last has its data. */
  start = 0;
  end = 0;

  /**
   * Opens `bytes[0, length)`, which end with the checksum and have room for a pad after them.
   * @throws HeedError `damaged` when the checksum is wrong or the contents cannot be
   */
  constructor(bytes: Uint8Array, length: number, series: number) {
    const end = length - CRC_BYTES;
    const source = new ByteSource(bytes);
    if (end < 0 || source.view.getUint32(end, true) !== crc32(bytes.subarray(0, end))) throw damaged('the checksum of its index is wrong');
    this.series = series;
    this.#source = source;
    const groups = Math.ceil(series / GROUP);
    this.#firstIds = new Uint32Array(groups);
    this.#starts = new Float64Array(groups);
    this.#offsets = new Uint32Array(groups);
    source.open(0, end);
    let start = source.varint();
    let lastId = 0;
    for (let group = 0; group < groups; group++) {
      this.#offsets[group] = source.at;
      this.#starts[group] = start;
      lastId += source.varint();
      this.#firstIds[group] = lastId;
      start += source.varint();
      lastId = this.#readGroup(group, lastId);
    }
    this.#group = groups - 1;
  }

  /** Bytes in memory. */
  get bytes(): number {
    return this.#source.bytes.length + this.#firstIds.length * 16 + GROUP * 12;
  }

  ids(): Uint32Array {
    const all = new Uint32Array(this.series);
    for (let group = 0; group < this.#firstIds.length; group++) {
      this.#openGroup(group);
      all.set(this.#ids.subarray(0, this.#sizeOf(group)), group * GROUP);
    }
    return all;
  }

  /** Looks for a series; when it is there, `start` and `end` tell where. Asking in ascending order is fastest. */
  find(id: number): boolean {
    const group = this.#groupOf(id);
    if (group < 0) return false;
    this.#openGroup(group);
    const position = this.#positionOf(id, this.#sizeOf(group));
    if (position < 0) return false;
    this.#position = position;
    this.start = position === 0 ? this.#starts[group] : this.#ends[position - 1];
    this.end = this.#ends[position];
    return true;
  }

  #groupOf(id: number): number {
    const firstIds = this.#firstIds;
    const current = this.#group;
    if (current >= 0 && id >= firstIds[current] && (current + 1 === firstIds.length || id < firstIds[current + 1])) return current;
    let low = 0;
    let high = firstIds.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (firstIds[middle] <= id) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #positionOf(id: number, size: number): number {
    const ids = this.#ids;
    if (ids[this.#position] === id) return this.#position;
    if (this.#position + 1 < size && ids[this.#position + 1] === id) return this.#position + 1;
    let low = 0;
    let high = size - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      if (ids[middle] === id) return middle;
      if (ids[middle] < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #sizeOf(group: number): number {
    return Math.min(GROUP, this.series - group * GROUP);
  }

  #openGroup(group: number): void {
    if (group === this.#group) return;
    const source = this.#source;
    source.at = this.#offsets[group];
    source.varint();
    source.varint();
    this.#readGroup(group, this.#firstIds[group]);
    this.#group = group;
    this.#position = 0;
  }

  /** Takes a group apart, from its widths on; answers its last id. */
  #readGroup(group: number, firstId: number): number {
    const source = this.#source;
    const ids = this.#ids;
    const count = this.#sizeOf(group);
    const gapWidth = source.u8();
    const lengthWidth = source.u8();
    if (gapWidth > 32 || lengthWidth > 32) throw damaged('a width in its index is impossible');
    const least = source.varint();
    unpackWords(source, ids, count - 1, gapWidth);
    ids.copyWithin(1, 0, count - 1);
    ids[0] = firstId;
    for (let i = 1; i < count; i++) ids[i] += ids[i - 1] + 1;
    unpackWords(source, lengthScratch, count, lengthWidth);
    let end = this.#starts[group];
    for (let i = 0; i < count; i++) this.#ends[i] = end += least + lengthScratch[i];
    return ids[count - 1];
  }
}

const lengthScratch = new Uint32Array(GROUP);
