import type { Row } from '../../core/frame.ts';
import { firstPath } from '../parse/path.ts';

/** A part of the path by its position, from the end when negative, or a tag by its name. */
export type NodeOrTag = number | string;

/** The parts of a row's name that are asked for, joined by dots; what is not there is empty. */
export function nodesKey(row: Row, nodes: readonly NodeOrTag[]): string {
  const parts = firstPath(row.name).split(';', 1)[0].split('.');
  return nodes.map((node) => (typeof node === 'number' ? parts.at(node) : undefined) ?? row.tags[String(node)] ?? '').join('.');
}
