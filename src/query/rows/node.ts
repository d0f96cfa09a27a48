import type { Row } from '../../core/frame.ts';
import { firstPath } from '../parse/path.ts';

/** A part of the path by its position, from the end when negative, or a tag by its name. */
export type NodeOrTag = number | string;

/** The parts of a row's name that are asked for, joined by dots; what is not there is empty. */
export function nodesKey(row: Row, nodes: readonly NodeOrTag[]): string {
  // Only what ends like a call is read as one: a name such as `a.b Current:3` is its parts as they are.
  const path = row.name.endsWith(')') ? firstPath(row.name) : row.name;
  const parts = path.split(';', 1)[0].split('.');
  return nodes.map((node) => (typeof node === 'number' ? parts.at(node) : undefined) ?? row.tags[String(node)] ?? '').join('.');
}
