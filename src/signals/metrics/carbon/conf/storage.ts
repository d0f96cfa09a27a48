import { causeOf } from '../../../../core/errors.ts';
import type { AggregationRule, RetentionRule } from '../../../../core/policy.ts';
import { parseRetention } from '../../../../core/retention.ts';
import { methodByName } from '../../../../core/series.ts';
import { readPattern } from './pattern.ts';
import { readSections, type Section } from './sections.ts';

/** What carbon keeps when no section of storage-schemas.conf matches: minutes for a week. */
const CARBON_RETENTION = '60s:7d';

/** Reads storage-schemas.conf. A section that is wrong is left out, with a warning that names it. */
export function readSchemas(text: string): { rules: RetentionRule[]; warnings: string[] } {
  const { rules, warnings } = readRules(text, ({ name, options }): RetentionRule => {
    const tiers = parseRetention(required(options, 'retentions'));
    return { name, pattern: readPattern(required(options, 'pattern')), tiers, adaptive: false };
  });
  rules.push({ name: "carbon's default", pattern: /(?:)/, tiers: parseRetention(CARBON_RETENTION), adaptive: false });
  return { rules, warnings };
}

/** Reads storage-aggregation.conf. A section that is wrong is left out, with a warning that names it. */
export function readAggregation(text: string): { rules: AggregationRule[]; warnings: string[] } {
  return readRules(text, ({ name, options }): AggregationRule => {
    const rule: AggregationRule = { name, pattern: readPattern(required(options, 'pattern')) };
    const factor = options.get('xfilesfactor');
    if (factor !== undefined) {
      rule.xFilesFactor = Number(factor);
      if (factor === '' || !(rule.xFilesFactor >= 0 && rule.xFilesFactor <= 1)) throw new Error(`xFilesFactor '${factor}' is not a number from 0 to 1`);
    }
    const method = options.get('aggregationmethod');
    if (method !== undefined) {
      rule.method = methodByName(method);
      if (rule.method === undefined) throw new Error(`there is no aggregationMethod '${method}'`);
    }
    return rule;
  });
}

function readRules<Rule>(text: string, read: (section: Section) => Rule): { rules: Rule[]; warnings: string[] } {
  const { sections, warnings } = readSections(text);
  const rules: Rule[] = [];
  const names = new Set<string>();
  for (const section of sections) {
    try {
      if (names.has(section.name)) throw new Error('the name is taken by a section above');
      rules.push(read(section));
      names.add(section.name);
    } catch (error) {
      warnings.push(`section [${section.name}] is skipped: ${causeOf(error)}`);
    }
  }
  return { rules, warnings };
}

function required(options: Map<string, string>, key: string): string {
  const value = options.get(key);
  if (value === undefined || value === '') throw new Error(`it has no ${key}`);
  return value;
}
