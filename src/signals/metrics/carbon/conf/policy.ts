import type { HeedConfig } from '../../../../core/config/config.ts';
import { causeOf, HeedError } from '../../../../core/errors.ts';
import { defaultPolicy, type PointsPolicy, type RetentionRule } from '../../../../core/policy.ts';
import { log } from '../../../../core/log.ts';
import { parseRetention } from '../../../../core/retention.ts';
import { readPattern } from './pattern.ts';
import { readCarbonConf } from './read.ts';

/**
 * Heed's own retention table. Rules with a pattern are exact, as carbon's are; the `retention` setting at the end is for all
 * other series and lets each keep its own rhythm.
 * @throws HeedError `bad_option` naming the rule that is wrong
 */
export function policyFromConfig(config: Pick<HeedConfig, 'retention' | 'retentionRules'>): PointsPolicy {
  const rules = config.retentionRules.map(({ pattern, keep }): RetentionRule => {
    try {
      return { name: pattern, pattern: readPattern(pattern), tiers: parseRetention(keep), adaptive: false };
    } catch (error) {
      throw new HeedError('bad_option', `cannot use retention for '${pattern}': ${causeOf(error)}`, { cause: error });
    }
  });
  return { ...defaultPolicy(), retention: [...rules, { name: 'default', pattern: /(?:)/, tiers: parseRetention(config.retention), adaptive: true }] };
}

/**
 * The policy that the server keeps points by: carbon's files where `carbonConf` names their folder, else Heed's own table.
 * @throws HeedError `bad_option`, `bad_carbon_conf`
 */
export async function policyOf(config: HeedConfig): Promise<PointsPolicy> {
  const own = policyFromConfig(config);
  if (config.carbonConf === '') return own;
  const { policy, warnings } = await readCarbonConf(config.carbonConf, own);
  for (const warning of warnings) log.warn(warning);
  return policy;
}
