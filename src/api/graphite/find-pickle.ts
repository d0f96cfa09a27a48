import { ByteWriter } from '../../query/format/byte-writer.ts';
import { entry, OPCODE, opcodes, writeInteger, writeText } from '../../query/format/pickle-values.ts';
import type { FoundNode } from './find-nodes.ts';

/** Nodes written in one go, so that a long answer lets other requests through. */
const SLICE = 2000;

/**
 * Nodes as one graphite-web asks another for them: dictionaries of `path`, `is_leaf` and, of leaves, `intervals` of seconds
 * in which they may have values; here all time up to `until`.
 */
export function* pickleNodes(nodes: readonly FoundNode[], until: number): Generator<Uint8Array> {
  yield Uint8Array.of(OPCODE.proto, 2, OPCODE.emptyList);
  for (let i = 0; i < nodes.length; i += SLICE) {
    const out = new ByteWriter();
    opcodes(out, OPCODE.mark);
    for (const node of nodes.slice(i, i + SLICE)) writeNode(out, node, until);
    opcodes(out, OPCODE.appends);
    yield out.take();
  }
  yield Uint8Array.of(OPCODE.stop);
}

function writeNode(out: ByteWriter, { path, leaf }: FoundNode, until: number): void {
  opcodes(out, OPCODE.emptyDict, OPCODE.mark);
  entry(out, 'path', () => writeText(out, path));
  entry(out, 'is_leaf', () => opcodes(out, leaf ? OPCODE.yes : OPCODE.no));
  if (leaf)
    entry(out, 'intervals', () => {
      opcodes(out, OPCODE.emptyList);
      writeInteger(out, 0);
      writeInteger(out, until);
      opcodes(out, OPCODE.pair, OPCODE.append);
    });
  opcodes(out, OPCODE.setItems);
}
