import type { Frame } from '../../../core/error-event.ts';
import { component, ignored } from './component.ts';
import type { GroupingComponent } from '../../../core/error-grouping.ts';
import { trimNativeFunction } from './native-function.ts';
import { familyOf } from './platform.ts';

/** Names that browsers give to functions without one. */
const NAMELESS = new Set(['?', '<anonymous>', '<anonymous function>', 'Anonymous function']);

/** A frame's function without what only compilers add; clients that send a raw name have trimmed it themselves. */
export function functionOf(frame: Frame, platform: string): string | undefined {
  const { function: name, raw_function: raw } = frame;
  if (!name || raw) return name || undefined;
  if (platform === 'csharp') return name.split(' (', 1)[0];
  return familyOf(platform) === 'native' ? trimNativeFunction(name) : name;
}

/**
 * A frame's function as it is grouped by, without numbers and namespaces that platforms make up. With a source map and a line of
 * source the line is the better witness, since names in maps are guesses.
 */
export function functionComponent(frame: Frame, platform: string, lineKnown: boolean): GroupingComponent {
  // Of C# the whole name counts, as it did before Sentry began to trim it.
  const name = platform === 'csharp' ? frame.raw_function || frame.function : functionOf(frame, platform) || frame.raw_function;
  if (!name) return { name: 'function', contributes: false, values: [] };
  switch (platform) {
    case 'ruby':
      return rubyFunction(name);
    case 'php':
      return phpFunction(name);
    case 'java':
      return name.startsWith('lambda$') ? ignored('function', [name], 'ignored because lambdas are numbered') : component('function', [name]);
    default:
  }
  const family = familyOf(platform);
  if (family === 'javascript') return javascriptFunction(frame, name, lineKnown);
  if (family === 'native' && (name === '<redacted>' || name === '<unknown>')) return ignored('function', [name], 'ignored because its name is not known');
  return component('function', [name]);
}

function rubyFunction(name: string): GroupingComponent {
  if (name.startsWith('block ')) return component('function', ['block'], 'a block, wherever it is');
  const plain = name.replace(/__\d{4,}_\d{4,}$/, '');
  return plain === name ? component('function', [name]) : component('function', [plain], 'without the numbers of a compiled template');
}

function phpFunction(name: string): GroupingComponent {
  const anonymous = name.startsWith('[Anonymous') || name.startsWith('class@anonymous\0');
  if (name.startsWith('class@anonymous')) {
    const method = name.slice(name.lastIndexOf('::') + 2);
    if (name.includes('::')) return { ...component('function', [method], 'the method of an anonymous class'), contributes: !anonymous };
  }
  return anonymous ? ignored('function', [name], 'ignored because it has no name') : component('function', [name]);
}

function javascriptFunction(frame: Frame, name: string, lineKnown: boolean): GroupingComponent {
  const last = name.slice(name.lastIndexOf('.') + 1);
  const raw = frame.raw_function || name;
  const rawLast = raw.slice(raw.lastIndexOf('.') + 1);
  if (rawLast === '') return { name: 'function', contributes: false, values: [last] };
  if (NAMELESS.has(rawLast) || rawLast.endsWith('/<')) return ignored('function', [last], 'ignored because it has no name');
  if (lineKnown && frame.data?.sourcemap !== undefined && frame.data.sourcemap !== null) {
    return ignored('function', [last], 'ignored because names from source maps are guesses and the line of source is known');
  }
  return last === name ? component('function', [name]) : component('function', [last], 'without what stands before the dot, which browsers write differently');
}
