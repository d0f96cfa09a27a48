import { type Document, Lexer, type Node, parseDocument } from 'yaml';
import type { Dashboard } from '../../core/dashboard.ts';
import type { DashboardDraft, PanelDraft } from '../../core/define.ts';
import { causeOf, HeedError } from '../../core/errors.ts';
import { completeDashboard } from '../complete.ts';
import { faultsOf, MOST_BYTES, MOST_PANELS, MOST_VARIABLES } from '../faults.ts';
import { type Field, type Mistake, YamlNodes } from './nodes.ts';
import { readPanel } from './panel.ts';
import { readVariable } from './variable.ts';

const KEYS = ['title', 'about', 'range', 'tags', 'variables', 'panels'] as const;
/** Deeper nesting than any dashboard has. */
const MOST_DEPTH = 50;
/** A text of more tokens, which takes the parser a tenth of a second, is refused; two hundred rich panels have a third. */
const MOST_TOKENS = 50_000;
const MOST_TOLD = 5;

/** A text that is no dashboard; all its mistakes, by line. */
export class DashboardError extends HeedError {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    const told = mistakes.slice(0, MOST_TOLD).map(({ line, message }) => (line > 0 ? `line ${line}: ${message}` : message));
    const more = mistakes.length > MOST_TOLD ? [`${mistakes.length - MOST_TOLD} more`] : [];
    super('bad_dashboard', `cannot read the dashboard: ${[...told, ...more].join('\n')}`);
    this.mistakes = mistakes;
  }
}

/** Where the nodes of a dashboard's parts are, by path (`panels.3.targets.0`), so that a fault found later has its line. */
export type Places = Map<string, Node>;

/**
 * Reads a dashboard from YAML, defaults filled in.
 * @throws DashboardError with every mistake, its line, and what to write instead
 */
export function readDashboard(text: string): Dashboard {
  if (Buffer.byteLength(text) > MOST_BYTES) throw new DashboardError([{ line: 0, message: `it is larger than ${MOST_BYTES / 1024} kB` }]);
  mustBeShallow(text);
  mustBeShort(text);
  const nodes = new YamlNodes();
  const root = parse(text, nodes);
  const places: Places = new Map();
  const dashboard = completeDashboard(readDraft(root, nodes, places));
  // A number that could not be read leaves its default, of which nothing more is to say.
  if (nodes.mistakes.length === 0) for (const { path, message } of faultsOf(dashboard)) nodes.mistake(nodeAt(places, path, root), message);
  if (nodes.mistakes.length > 0) throw new DashboardError(nodes.mistakes.toSorted((a, b) => a.line - b.line));
  return dashboard;
}

function parse(text: string, nodes: YamlNodes): Node {
  const document = documentOf(text, nodes);
  const wrong = document.errors.map(({ pos, message }) => ({ line: nodes.lines.linePos(pos[0]).line, message: `it is no YAML: ${message}` }));
  if (wrong.length > 0) throw new DashboardError(wrong.slice(0, MOST_TOLD));
  if (document.contents === null) throw new DashboardError([{ line: 1, message: 'it is empty; write title: and panels:' }]);
  nodes.open(document);
  return document.contents;
}

function documentOf(text: string, nodes: YamlNodes): Document.Parsed {
  // The library makes an error of every mistake; of ten thousand the stacks are what takes time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    // Twice the same key is looked for by us: the library compares each key with all others.
    return parseDocument(text, { lineCounter: nodes.lines, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  } catch (error) {
    throw new DashboardError([{ line: 0, message: `it is no YAML: ${causeOf(error)}` }]);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Tokens are what the parser's time goes to, and there may be one a byte. */
function mustBeShort(text: string): void {
  let tokens = 0;
  for (const _ of new Lexer().lex(text)) {
    if (++tokens > MOST_TOKENS) throw new DashboardError([{ line: 0, message: `it has more than ${MOST_TOKENS / 1000} thousand keys, values and signs` }]);
  }
}

/** The parser calls itself for each level. */
function mustBeShallow(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 0x5b || char === 0x7b) depth++;
    else if (char === 0x5d || char === 0x7d) depth = Math.max(0, depth - 1);
    else if (char === 0x0a) depth = 0;
    if (depth > MOST_DEPTH)
      throw new DashboardError([{ line: text.slice(0, at).split('\n').length, message: `brackets are nested deeper than ${MOST_DEPTH}` }]);
  }
}

function readDraft(root: Node, nodes: YamlNodes, places: Places): DashboardDraft {
  const fields = nodes.fields(root, 'a dashboard', KEYS);
  for (const [name, { value }] of fields) places.set(name, value);
  const value = (name: (typeof KEYS)[number]): Node | undefined => fields.get(name)?.value;
  const draft: DashboardDraft = { title: nodes.text(value('title'), 'title') ?? '' };
  const about = nodes.text(value('about'), 'about');
  const range = nodes.text(value('range'), 'range');
  if (about !== undefined) draft.about = about;
  if (range !== undefined) draft.range = range;
  draft.tags = nodes.list(value('tags'), 'tags', { one: true }).map((tag, i) => {
    places.set(`tags.${i}`, tag);
    return nodes.text(tag, 'a tag') ?? '';
  });
  draft.variables = readVariables(fields.get('variables'), nodes, places);
  draft.panels = nodes.list(value('panels'), 'panels', { most: MOST_PANELS }).map((node, i): PanelDraft => {
    places.set(`panels.${i}`, node);
    return readPanel(node, nodes, places, `panels.${i}`);
  });
  return draft;
}

function readVariables(field: Field | undefined, nodes: YamlNodes, places: Places): DashboardDraft['variables'] {
  if (!field) return [];
  return [...nodes.fields(field.value, 'variables')].slice(0, MOST_VARIABLES + 1).map(([name, { key, value }], i) => {
    places.set(`variables.${i}`, key);
    return { name, ...readVariable(value, nodes, places, `variables.${i}`) };
  });
}

function nodeAt(places: Places, path: readonly (string | number)[], root: Node): Node {
  for (let length = path.length; length > 0; length--) {
    const node = places.get(path.slice(0, length).join('.'));
    if (node) return node;
  }
  return root;
}
