import type { Dashboard, Variable } from '../../core/dashboard.ts';
import { faultsOf, MOST_PANELS, MOST_VARIABLES } from '../faults.ts';
import { usedVariables } from '../substitute.ts';
import { VARIABLE_DEFAULTS } from '../complete.ts';
import type { Notes } from './notes.ts';

/** Makes a dashboard of what was imported that may be shown: what is wrong with it is left out, and noted. */
export function soundDashboard(imported: Dashboard, notes: Notes): Dashboard {
  let dashboard = { ...imported, variables: inOrder(imported.variables) };
  if (dashboard.panels.length > MOST_PANELS) notes.add(`only the first ${MOST_PANELS} of ${dashboard.panels.length} panels`);
  dashboard = { ...dashboard, panels: dashboard.panels.slice(0, MOST_PANELS) };
  dashboard = withoutFaults(dashboard, 'variables', notes);
  dashboard = withMissingVariables(dashboard, notes);
  return withoutFaults(dashboard, 'panels', notes);
}

function withoutFaults(dashboard: Dashboard, part: 'variables' | 'panels', notes: Notes): Dashboard {
  const faulty = new Map<number, string>();
  const looked = part === 'variables' ? { ...dashboard, panels: [] } : dashboard;
  for (const { path, message } of faultsOf(looked)) if (path[0] === part && typeof path[1] === 'number' && !faulty.has(path[1])) faulty.set(path[1], message);
  if (faulty.size === 0) return dashboard;
  for (const [i, message] of faulty) {
    const name = part === 'panels' ? dashboard.panels[i].title : dashboard.variables[i].name;
    notes.add(`${part === 'panels' ? 'panel' : 'variable'} '${name.slice(0, 60)}' was left out: ${message}`);
  }
  const kept = { ...dashboard, [part]: dashboard[part].filter((_, i) => !faulty.has(i)) };
  // What used a variable that went may be at fault now.
  return part === 'variables' ? withoutFaults(kept, part, notes) : kept;
}

/** Variables stand after those that they use, where that can be. */
function inOrder(variables: readonly Variable[]): Variable[] {
  const done: Variable[] = [];
  const names = new Set(variables.map(({ name }) => name));
  let waiting = [...variables];
  while (waiting.length > 0) {
    const known = new Set(done.map(({ name }) => name));
    const ready = waiting.filter(({ glob, where }) => [glob, ...where].flatMap(usedVariables).every((name) => known.has(name) || !names.has(name)));
    if (ready.length === 0) return [...done, ...waiting];
    done.push(...ready);
    waiting = waiting.filter((variable) => !ready.includes(variable));
  }
  return done;
}

/** A variable that targets use and nobody declares stands for all. */
function withMissingVariables(dashboard: Dashboard, notes: Notes): Dashboard {
  const declared = new Set(dashboard.variables.map(({ name }) => name));
  const used = new Set(dashboard.panels.flatMap(({ targets }) => targets.flatMap(usedVariables)));
  const missing = [...used].filter((name) => !declared.has(name)).slice(0, MOST_VARIABLES - declared.size);
  for (const name of missing) notes.add(`variable '${name.slice(0, 60)}' is used and not declared; it stands for all`);
  return { ...dashboard, variables: [...dashboard.variables, ...missing.map((name) => ({ ...VARIABLE_DEFAULTS, name, values: ['*'] }))] };
}
