import type { Frame } from '../../../core/error-event.ts';
import type { GroupingComponent } from '../../../core/error-grouping.ts';
import { component, ignored } from './component.ts';
import { functionComponent } from './function-name.ts';
import { moduleComponent, withoutJavassistNumber } from './module-name.ts';
import { familyOf, isUrl } from './platform.ts';

/** Where clients send the source along, and it is the one that was written. */
const WITH_CONTEXT_LINE = new Set(['javascript', 'node', 'python', 'php', 'ruby']);
const MAX_CONTEXT_LINE = 120;
const NATIVE_OR_EVALUATED = new Set(['[native code]', 'native code', 'eval code', '<anonymous>']);
/** What Python's multiprocessing runs in a new process; its numbers are handles. */
const SPAWN_MAIN = /^from multiprocessing\.spawn import spawn_main; ?spawn_main\((?:tracker_fd|parent_pid)=\d+, ?pipe_handle=\d+\)/;

/**
 * What a frame is grouped by: module, or else file; function; and on platforms that send source the line of it. Line numbers are not
 * among them, since they change with every edit above. `keepHandles` leaves the numbers that Python's multiprocessing passes on.
 */
export function frameComponent(frame: Frame, platform: string, keepHandles: boolean): GroupingComponent {
  const path = frame.abs_path ?? frame.filename;
  const module = moduleComponent(frame.module, frame.abs_path, platform);
  const filename = filenameComponent(frame, platform);
  if (module.contributes && filename.contributes) {
    filename.contributes = false;
    filename.hint = 'ignored because the module is known';
  }
  const line = frame.context_line && WITH_CONTEXT_LINE.has(platform) ? lineComponent(frame, platform, keepHandles) : undefined;
  const name = functionComponent(frame, platform, line?.contributes ?? false);
  const values = [module, filename, name, ...(line ? [line] : [])].filter(({ values }) => values.length > 0);
  const result = component('frame', values);
  if (familyOf(platform) === 'javascript' && (name.values[0] === 'eval' || (path !== undefined && NATIVE_OR_EVALUATED.has(path)))) {
    result.contributes = false;
    result.hint = 'ignored because it is built in or evaluated';
  }
  return result;
}

function filenameComponent(frame: Frame, platform: string): GroupingComponent {
  if (frame.filename === undefined) return { name: 'filename', contributes: false, values: [] };
  const whole = platform === 'javascript' ? frame.filename.replace(/\?[^#]*/, '') : frame.filename;
  const base = whole.slice(Math.max(whole.lastIndexOf('/'), whole.lastIndexOf('\\')) + 1).toLowerCase();
  if (isUrl(frame.abs_path ?? frame.filename, false)) return ignored('filename', [base], 'ignored because it is fetched from an address');
  if (base === '<anonymous>') return ignored('filename', [base], 'ignored because it has no name');
  if (base === '[native code]') return ignored('filename', [base], 'ignored because it is built in');
  if (platform !== 'java') return component('filename', [base]);
  const plain = withoutJavassistNumber(base);
  return plain === base ? component('filename', [base]) : component('filename', [plain], 'without the number of a generated class');
}

function lineComponent(frame: Frame, platform: string, keepHandles: boolean): GroupingComponent | undefined {
  const written = frame.context_line as string;
  const line = written.trim().replaceAll(/\s+/g, ' ');
  if (line === '') return undefined;
  if (written.length > MAX_CONTEXT_LINE) return ignored('context_line', [line.slice(0, MAX_CONTEXT_LINE)], 'ignored because it is too long');
  if (familyOf(platform) === 'javascript' && !frame.function && isUrl(frame.abs_path ?? frame.filename, true)) {
    return ignored('context_line', [line], 'ignored because it is fetched from an address and has no function');
  }
  if (!keepHandles && platform === 'python' && frame.filename === '<string>' && SPAWN_MAIN.test(line)) {
    return component('context_line', [line.replaceAll(/=\d+/g, '=<int>')], 'without the handles of a new process');
  }
  return component('context_line', [line]);
}

/** Whether a frame is the same call as the one before it. */
export function isRecursion(frame: Frame, previous: Frame | undefined): boolean {
  return (
    previous !== undefined &&
    frame.lineno === previous.lineno &&
    frame.colno === previous.colno &&
    frame.function === previous.function &&
    frame.filename === previous.filename &&
    frame.module === previous.module &&
    frame.abs_path === previous.abs_path &&
    frame.package === previous.package
  );
}
