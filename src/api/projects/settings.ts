import { HeedError } from '../../core/errors.ts';
import { DEFAULT_SETTINGS, type ProjectSettings } from '../../core/project.ts';
import { loadGrouping, type Rules } from '../issues/load-grouping.ts';
import { isOriginPattern } from '../sentry-ingest/origins.ts';

const MOST_ENTRIES = 100;
const MOST_LETTERS = 200;
/** Of the rules of a project. */
export const MOST_RULES = 50_000;

/**
 * Settings as a client gives them; what it leaves out stays as it is, also of what is hidden.
 * @throws HeedError `bad_parameter` that says what to write instead, `bad_rules` naming the line
 */
export async function checkSettings(given: unknown, now: ProjectSettings): Promise<Partial<ProjectSettings>> {
  const said = recordOf(given, 'settings');
  const unknown = Object.keys(said).find((name) => !Object.hasOwn(DEFAULT_SETTINGS, name));
  if (unknown !== undefined) throw bad(`there is no setting '${unknown.slice(0, 40)}'; there are ${Object.keys(DEFAULT_SETTINGS).join(', ')}`);
  const settings: Partial<ProjectSettings> = {};
  if (said.origins !== undefined) settings.origins = origins(said.origins);
  if (said.scrub !== undefined) settings.scrub = scrub(recordOf(said.scrub, 'scrub'), now.scrub);
  if (said.fingerprintRules !== undefined || said.stackRules !== undefined) Object.assign(settings, await checkRules(said));
  return settings;
}

/** @throws HeedError `bad_rules` naming the line, `bad_parameter` */
export async function checkRules(said: { fingerprintRules?: unknown; stackRules?: unknown }): Promise<Partial<Rules>> {
  const rules: Partial<Rules> = {};
  for (const name of ['fingerprintRules', 'stackRules'] as const) {
    const text = said[name];
    if (text === undefined) continue;
    if (typeof text !== 'string' || text.length > MOST_RULES) throw bad(`${name} must be a text of ${MOST_RULES} characters at most`);
    rules[name] = text;
  }
  (await loadGrouping()).compile(rules);
  return rules;
}

function origins(given: unknown): string[] {
  const list = texts(given, 'origins').map((text) => text.replace(/\/$/, ''));
  const wrong = list.find((text) => !isOriginPattern(text));
  if (wrong !== undefined) throw bad(`'${wrong}' is no origin; write example.org, *.example.org, https://example.org:8443 or *`);
  return list;
}

function scrub(given: Record<string, unknown>, now: ProjectSettings['scrub']): ProjectSettings['scrub'] {
  const flag = (name: 'on' | 'defaults' | 'ips'): boolean => {
    const value = given[name] ?? now[name];
    if (typeof value !== 'boolean') throw bad(`scrub.${name} must be true or false`);
    return value;
  };
  return {
    on: flag('on'),
    defaults: flag('defaults'),
    ips: flag('ips'),
    fields: texts(given.fields ?? now.fields, 'scrub.fields'),
    safeFields: texts(given.safeFields ?? now.safeFields, 'scrub.safeFields'),
  };
}

function texts(given: unknown, name: string): string[] {
  if (!Array.isArray(given) || given.length > MOST_ENTRIES || !given.every((one) => typeof one === 'string' && one.length <= MOST_LETTERS))
    throw bad(`${name} must be a list of ${MOST_ENTRIES} texts at most, of ${MOST_LETTERS} characters each`);
  return [...new Set((given as string[]).map((text) => text.trim()).filter((text) => text !== ''))];
}

function recordOf(given: unknown, name: string): Record<string, unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw bad(`${name} must be an object`);
  return given as Record<string, unknown>;
}

const bad = (why: string): HeedError => new HeedError('bad_parameter', `cannot change the project: ${why}`);
