import type { HeedConfig } from '../../core/config/config.ts';
import { causeOf } from '../../core/errors.ts';
import type { RetentionRule } from '../../core/policy.ts';
import { policyFromConfig } from '../../signals/metrics/carbon/conf/policy.ts';
import { readCarbonConf } from '../../signals/metrics/carbon/conf/read.ts';
import type { Check } from './doctor.ts';
import { durationText } from './words.ts';

/** A name as StatsD makes them, to find the rule that they fall under. */
const SAMPLE = 'stats.timers.example.mean';

/** Parts of carbon's files that were left out, and why. */
export async function checkCarbonFiles(config: HeedConfig): Promise<Check[]> {
  if (config.carbonConf === '') return [];
  try {
    const { warnings } = await readCarbonConf(config.carbonConf, policyFromConfig(config));
    if (warnings.length === 0) return [{ state: 'ok', subject: "Carbon's files", text: `${config.carbonConf} is read without complaint`, advice: '' }];
    return warnings.map((warning) => ({
      state: 'warn',
      subject: "Carbon's files",
      text: warning,
      advice: 'Mend the line; files are read again when they change.',
    }));
  } catch (error) {
    return [{ state: 'bad', subject: "Carbon's files", text: causeOf(error), advice: 'Mend the files, or point --carbon-conf elsewhere.' }];
  }
}

/** Whether the flush interval fits the retention rule that StatsD's names fall under. */
export async function checkRhythm(config: HeedConfig): Promise<Check[]> {
  const own = policyFromConfig(config);
  const { retention } =
    config.carbonConf === ''
      ? own
      : await readCarbonConf(config.carbonConf, own).then(
          ({ policy }) => policy,
          () => own,
        );
  const rule = retention.find(({ pattern }) => pattern.test(SAMPLE));
  return rule === undefined ? [] : [fit(config.flush * 1000, rule)];
}

/** A flush interval (milliseconds) beside a retention rule. */
export function fit(flush: number, { name, tiers, adaptive }: RetentionRule): Check {
  const step = tiers[0].step;
  const subject = 'Flush';
  if (step > flush)
    return {
      state: 'warn',
      subject,
      text: `StatsD flushes each ${durationText(flush)}, but rule '${name}' keeps one number each ${durationText(step)}: the last flush wins, counts of the others are lost`,
      advice: `Set --flush ${step / 1000}, or give the rule a first step of ${flush / 1000}s.`,
    };
  if (!adaptive && step < flush)
    return {
      state: 'warn',
      subject,
      text: `StatsD flushes each ${durationText(flush)}, but rule '${name}' has a slot each ${durationText(step)}: most slots stay empty`,
      advice: `Set --flush ${step / 1000}, or give the rule a first step of ${flush / 1000}s.`,
    };
  return { state: 'ok', subject, text: `each ${durationText(flush)}, which fits rule '${name}'`, advice: '' };
}
