import { finish, hashBytes, hashStart, sameBytes } from './hash';
import { ALIAS, ARENA_GRAIN, arena, arenaEnd, CLASS, HASH, LENGTHS, LONGEST_SPELLING, maxRecords, NAME, RECORD_BYTES, records, table, tableMask, TARGET } from './layout';

// Records of series, found by their raw spelling (name, tags, class) through an open-addressed table.

/** No such record. */
export const NONE: u32 = 0xffffffff;

let used: u32 = 0; // records in use, aliases too
let fresh: u32 = 0; // the first record that was never used
let freeRecords: u32 = 0; // head of the list of freed records, + 1
let arenaTop: usize = 0; // bytes of the arena handed out so far
const freeBlocks = memory.data(((<i32>LONGEST_SPELLING * 2) / 16 + 2) * 4, 8); // head of a list per size, + 1

/** False when every record is taken or the arena is full: new names cost nothing more than a look until something is released. */
let room: bool = true;

export function seriesInUse(): u32 {
  return used;
}

// @ts-ignore: decorator
@inline
export function hasRoom(): bool {
  return room;
}

// @ts-ignore: decorator
@inline
export function recordAt(index: u32): usize {
  return records + <usize>index * RECORD_BYTES;
}

/** Index of the record with this spelling (of the alias's series, if it is one), or NONE. */
// @ts-ignore: decorator
@inline
export function find(hash: u64, name: usize, nameBytes: usize, tags: usize, tagBytes: usize, kind: u32): u32 {
  const lengths = <u32>nameBytes | (<u32>tagBytes << 16);
  let place = <u32>hash & tableMask;
  while (true) {
    const entry = load<u64>(table + <usize>place * 8);
    if (entry == 0) return NONE;
    if (<u32>(entry >> 32) == <u32>(hash >> 32)) {
      const record = recordAt(<u32>entry - 1);
      if (load<u64>(record, HASH) == hash && load<u32>(record, LENGTHS) == lengths) {
        const spelling = arena + load<u32>(record, NAME);
        if (sameBytes(spelling, name, nameBytes) && sameBytes(spelling + nameBytes, tags, tagBytes)) {
          const found = load<u32>(record, CLASS);
          if (found == kind) return <u32>entry - 1;
          if (found == (ALIAS | (kind << 8))) return load<u32>(record, TARGET);
        }
      }
    }
    place = (place + 1) & tableMask;
  }
}

export function hashOf(name: usize, nameBytes: usize, tags: usize, tagBytes: usize, kind: u32): u64 {
  return finish(hashBytes(hashBytes(hashStart(), name, nameBytes), tags, tagBytes), kind);
}

/**
 * Enters a spelling: for a new series (`target` NONE), or as another spelling of the series `target`.
 * @returns the record's index, or NONE when there is no room
 */
export function enter(name: usize, nameBytes: usize, tags: usize, tagBytes: usize, kind: u32, target: u32): u32 {
  const bytes = nameBytes + tagBytes;
  if (nameBytes > LONGEST_SPELLING || tagBytes > LONGEST_SPELLING) return NONE;
  const block = takeBlock(bytes);
  if (block == NONE) return NONE;
  const index = takeRecord();
  if (index == NONE) {
    giveBlock(block, bytes);
    return NONE;
  }
  const record = recordAt(index);
  const hash = hashOf(name, nameBytes, tags, tagBytes, kind);
  memory.fill(record, 0, RECORD_BYTES);
  store<u64>(record, hash, HASH);
  store<u32>(record, block, NAME);
  store<u32>(record, <u32>nameBytes | (<u32>tagBytes << 16), LENGTHS);
  store<u32>(record, target == NONE ? kind : ALIAS | (kind << 8), CLASS);
  store<u32>(record, target, TARGET);
  memory.copy(arena + block, name, nameBytes);
  memory.copy(arena + block + nameBytes, tags, tagBytes);
  let place = <u32>hash & tableMask;
  while (load<u64>(table + <usize>place * 8) != 0) place = (place + 1) & tableMask;
  store<u64>(table + <usize>place * 8, <u64>(index + 1) | (hash & 0xffffffff00000000));
  return index;
}

/** Forgets a record and its spelling; what it aggregated must have been taken before. */
export function release(index: u32): void {
  const record = recordAt(index);
  const lengths = load<u32>(record, LENGTHS);
  removeEntry(index, load<u64>(record, HASH));
  giveBlock(load<u32>(record, NAME), (lengths & 0xffff) + (lengths >> 16));
  store<u32>(record, 0, CLASS);
  store<u32>(record, freeRecords, TARGET);
  freeRecords = index + 1;
  used--;
  room = true;
}

function takeRecord(): u32 {
  if (freeRecords) {
    const index = freeRecords - 1;
    freeRecords = load<u32>(recordAt(index), TARGET);
    used++;
    return index;
  }
  if (fresh == maxRecords) {
    room = false;
    return NONE;
  }
  used++;
  return fresh++;
}

/** Linear probing without tombstones: entries behind the hole move up unless they stand at or after their home. */
function removeEntry(index: u32, hash: u64): void {
  let hole = <u32>hash & tableMask;
  while (<u32>load<u64>(table + <usize>hole * 8) != index + 1) hole = (hole + 1) & tableMask;
  let place = hole;
  while (true) {
    place = (place + 1) & tableMask;
    const entry = load<u64>(table + <usize>place * 8);
    if (entry == 0) break;
    const home = <u32>load<u64>(recordAt(<u32>entry - 1), HASH) & tableMask;
    if (((place - home) & tableMask) >= ((place - hole) & tableMask)) {
      store<u64>(table + <usize>hole * 8, entry);
      hole = place;
    }
  }
  store<u64>(table + <usize>hole * 8, 0);
}

// Spellings stand in blocks of 16 bytes times n; a freed block waits in the list of its size.

function takeBlock(bytes: usize): u32 {
  const grains = (bytes + ARENA_GRAIN - 1) / ARENA_GRAIN;
  const list = freeBlocks + grains * 4;
  const free = load<u32>(list);
  if (free) {
    store<u32>(list, load<u32>(arena + (free - 1)));
    return free - 1;
  }
  const block = arenaTop;
  // Comparing reads eight bytes at a time: the arena's last block keeps a margin.
  if (arena + block + grains * ARENA_GRAIN + 8 > arenaEnd) {
    room = false;
    return NONE;
  }
  arenaTop += grains * ARENA_GRAIN;
  return <u32>block;
}

function giveBlock(block: u32, bytes: usize): void {
  const grains = (bytes + ARENA_GRAIN - 1) / ARENA_GRAIN;
  if (grains == 0) return;
  const list = freeBlocks + grains * 4;
  store<u32>(arena + block, load<u32>(list));
  store<u32>(list, block + 1);
}
