import type { TreeNode } from '../../store/points/points-store.ts';

/** A node as Graphite counts them: what is both a series and a branch are two. */
export interface FoundNode {
  path: string;
  text: string;
  leaf: boolean;
}

/** Branches and leaves apart, branches first where a path is both. */
export function apart(nodes: readonly TreeNode[]): FoundNode[] {
  const found: FoundNode[] = [];
  for (const { path, text, leaf, branch } of nodes) {
    if (branch || !leaf) found.push({ path, text, leaf: false });
    if (leaf) found.push({ path, text, leaf: true });
  }
  return found;
}

/** By their last parts, then by what stands before them. */
export function byText(a: TreeNode, b: TreeNode): number {
  if (a.text === b.text) return a.path < b.path ? -1 : 1;
  return a.text < b.text ? -1 : 1;
}

/** What has been typed so far stands for all that begins like it; with `variants` a part `a,b` stands for both. */
export function completing(query: string, variants: boolean): string {
  const pattern = query.replaceAll('..', '*.');
  const glob = pattern.endsWith('*') ? pattern : `${pattern}*`;
  if (!variants) return glob;
  const parts = glob.split('.').map((part) => (part.includes(',') && !part.includes('{') ? `{${part}}` : part));
  return parts.join('.');
}
