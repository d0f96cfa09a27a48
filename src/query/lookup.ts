import type { FunctionDefinition } from '../core/define.ts';
import { HeedError } from '../core/errors.ts';
import { FUNCTIONS } from './functions/registry.gen.ts';

const BY_NAME = new Map<string, FunctionDefinition>();
for (const definition of FUNCTIONS) for (const name of [definition.name, ...(definition.aliases ?? [])]) BY_NAME.set(name, definition);

/** @throws HeedError `unknown_function` */
export function findFunction(name: string): FunctionDefinition {
  const definition = BY_NAME.get(name);
  if (!definition) throw new HeedError('unknown_function', `cannot call ${name.slice(0, 60)}(): there is no such function`);
  return definition;
}

export function isFunction(name: string): boolean {
  return BY_NAME.has(name);
}

/** Every name that can be called, aliases too, with what it stands for. */
export function allFunctions(): ReadonlyMap<string, FunctionDefinition> {
  return BY_NAME;
}
