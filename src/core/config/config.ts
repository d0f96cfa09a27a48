import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { causeOf, HeedError } from '../errors.ts';
import { SERVE_OPTIONS, flagOf, variableOf } from './options.ts';

type Options = (typeof SERVE_OPTIONS)[number];
type ValueOf<Key> = ReturnType<Extract<Options, { key: Key }>['parse']>;
type TopKey = Exclude<Options['key'], `${string}.${string}`>;
type Nested<Prefix extends string> = {
  [Key in Extract<Options['key'], `${Prefix}.${string}`> as Key extends `${Prefix}.${infer Rest}` ? Rest : never]: ValueOf<Key>;
};

/** All settings of `heed serve`, typed by their definitions. */
export type HeedConfig = { [Key in TopKey]: ValueOf<Key> } & {
  errorsOptions: Nested<'errorsOptions'>;
  statsdOptions: Nested<'statsdOptions'>;
  carbonOptions: Nested<'carbonOptions'>;
  oidc: Nested<'oidc'>;
  /** Rules of the config file's `retention` list, first match wins; the plain `retention` text follows as the last. */
  retentionRules: { pattern: string; keep: string }[];
};

/** Settings as text, from flags; keys as in SERVE_OPTIONS. */
export type ConfigText = Record<string, string | undefined>;

const FILES = ['heed.config.ts', 'heed.config.js', 'heed.config.json', 'heed.config.yaml', 'heed.config.yml'];

/**
 * Flags win over the environment, which wins over the config file, which wins over defaults.
 * @throws HeedError `bad_option` that names the setting and says what to write
 */
export async function readConfig(flags: ConfigText, env: Record<string, string | undefined>, folder = process.cwd()): Promise<HeedConfig> {
  const file = await readConfigFile(folder);
  const known = new Set<string>(SERVE_OPTIONS.map(({ key }) => key));
  for (const key of file.texts.keys()) if (!known.has(key)) throw new HeedError('bad_option', `cannot read ${file.path}: there is no setting '${key}'`);
  const config: Record<string, unknown> = { retentionRules: file.retentionRules };
  for (const option of SERVE_OPTIONS) {
    const variable = env[variableOf(option.key)];
    const [text, source] =
      flags[option.key] !== undefined
        ? [flags[option.key] as string, flagOf(option.key)]
        : variable !== undefined && variable !== ''
          ? [variable, variableOf(option.key)]
          : file.texts.has(option.key)
            ? [file.texts.get(option.key) as string, `${file.path}: ${option.key}`]
            : [option.default, option.key];
    try {
      place(config, option.key, option.parse(text));
    } catch (error) {
      throw new HeedError('bad_option', `cannot use ${source}: ${causeOf(error)}`);
    }
  }
  return config as HeedConfig;
}

function place(target: Record<string, unknown>, key: string, value: unknown): void {
  const [first, rest] = key.split('.');
  if (rest === undefined) target[first] = value;
  else ((target[first] ??= {}) as Record<string, unknown>)[rest] = value;
}

async function readConfigFile(folder: string): Promise<{ path: string; texts: Map<string, string>; retentionRules: HeedConfig['retentionRules'] }> {
  const name = FILES.find((candidate) => existsSync(join(folder, candidate)));
  const texts = new Map<string, string>();
  if (!name) return { path: '', texts, retentionRules: [] };
  const path = resolve(folder, name);
  let content: unknown;
  try {
    if (/\.[jt]s$/.test(name)) content = ((await import(pathToFileURL(path).href)) as { default: unknown }).default;
    else content = name.endsWith('.json') ? JSON.parse(await readFile(path, 'utf8')) : (await import('yaml')).parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new HeedError('bad_option', `cannot read ${path}: ${causeOf(error)}`);
  }
  if (content === null || content === undefined) return { path, texts, retentionRules: [] };
  if (typeof content !== 'object' || Array.isArray(content)) throw new HeedError('bad_option', `cannot read ${path}: it must hold settings by name`);
  let retentionRules: HeedConfig['retentionRules'] = [];
  for (const [key, value] of Object.entries(content)) {
    if (key === 'retention' && Array.isArray(value)) retentionRules = value.map((rule) => retentionRule(rule, path));
    else if (value !== null && typeof value === 'object' && !Array.isArray(value))
      for (const [inner, nested] of Object.entries(value)) texts.set(`${key}.${inner}`, asText(nested));
    else texts.set(key, asText(value));
  }
  return { path, texts, retentionRules };
}

function retentionRule(rule: unknown, path: string): { pattern: string; keep: string } {
  const { pattern, keep } = (rule ?? {}) as Record<string, unknown>;
  if (typeof pattern !== 'string' || typeof keep !== 'string')
    throw new HeedError(
      'bad_option',
      `cannot read ${path}: each entry of retention needs a pattern and keep, for example { pattern: "^app\\.", keep: "10s:30d" }`,
    );
  return { pattern, keep };
}

function asText(value: unknown): string {
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(',');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}
