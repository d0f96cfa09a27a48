import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseBoolean } from '../../../../core/config/values.ts';
import { causeOf, HeedError } from '../../../../core/errors.ts';
import { defaultPolicy, type PointsPolicy } from '../../../../core/policy.ts';
import { type CarbonRules, NO_RULES } from '../rules.ts';
import { readAggregationRules, readList, readRewriteRules } from './rule-files.ts';
import { readSections } from './sections.ts';
import { readAggregation, readSchemas } from './storage.ts';

/** The files that are read from a folder with carbon's configuration; all may be missing. */
export const CARBON_FILES = [
  'storage-schemas.conf',
  'storage-aggregation.conf',
  'rewrite-rules.conf',
  'aggregation-rules.conf',
  'whitelist.conf',
  'blacklist.conf',
  'carbon.conf',
] as const;
type CarbonFile = (typeof CARBON_FILES)[number];

export interface CarbonConf {
  policy: PointsPolicy;
  rules: CarbonRules;
  /** What was left out and why, each naming its file. */
  warnings: string[];
}

/**
 * Reads a folder of carbon's own files as carbon reads them. Parts that are wrong are left out with a warning.
 * @param own used for what carbon's files do not say: retention without storage-schemas.conf, roll-ups without storage-aggregation.conf
 * @throws HeedError `bad_carbon_conf` when the folder cannot be read
 */
export async function readCarbonConf(folder: string, own: PointsPolicy = defaultPolicy()): Promise<CarbonConf> {
  const texts = await readFiles(folder);
  const warnings: string[] = [];
  const read = <Result extends { warnings: string[] }>(file: CarbonFile, reader: (text: string) => Result): Result | undefined => {
    const text = texts.get(file);
    if (text === undefined) return undefined;
    const result = reader(text);
    warnings.push(...result.warnings.map((warning) => `${join(folder, file)}: ${warning}`));
    return result;
  };
  if (texts.size === 0) warnings.push(`${folder} holds none of carbon's files`);
  const schemas = read('storage-schemas.conf', readSchemas);
  const aggregation = read('storage-aggregation.conf', readAggregation);
  const rewrite = read('rewrite-rules.conf', readRewriteRules);
  const policy: PointsPolicy = {
    retention: schemas?.rules ?? own.retention,
    aggregation: aggregation?.rules ?? own.aggregation,
    defaultXFilesFactor: aggregation ? 0.5 : own.defaultXFilesFactor,
    rulesWin: aggregation !== undefined || own.rulesWin,
  };
  const rules: CarbonRules = {
    ...NO_RULES,
    pre: rewrite?.pre ?? [],
    post: rewrite?.post ?? [],
    aggregation: read('aggregation-rules.conf', readAggregationRules)?.rules ?? [],
  };
  if (listsAreUsed(texts.get('carbon.conf'))) {
    rules.whitelist = read('whitelist.conf', readList)?.rules ?? [];
    rules.blacklist = read('blacklist.conf', readList)?.rules ?? [];
  } else if (texts.has('whitelist.conf') || texts.has('blacklist.conf')) {
    warnings.push(`${folder}: whitelist.conf and blacklist.conf are not used, because carbon.conf does not say USE_WHITELIST = True`);
  }
  return { policy, rules, warnings };
}

/** As in carbon, the lists count where carbon.conf says so; a folder without carbon.conf holds them on purpose. */
function listsAreUsed(carbonConf: string | undefined): boolean {
  if (carbonConf === undefined) return true;
  return readSections(carbonConf).sections.some(({ options }) => {
    try {
      return parseBoolean(options.get('use_whitelist') ?? 'false');
    } catch {
      return false;
    }
  });
}

async function readFiles(folder: string): Promise<Map<CarbonFile, string>> {
  try {
    const there = new Set(await readdir(folder));
    const texts = new Map<CarbonFile, string>();
    for (const file of CARBON_FILES) if (there.has(file)) texts.set(file, await readFile(join(folder, file), 'utf8'));
    return texts;
  } catch (error) {
    throw new HeedError('bad_carbon_conf', `cannot read carbon's files in ${folder}: ${causeOf(error)}`, { cause: error });
  }
}
