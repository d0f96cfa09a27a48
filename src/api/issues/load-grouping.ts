import type { ProjectSettings } from '../../core/project.ts';
import type { groupEvent, GroupingOptions } from '../../signals/errors/grouping/group-event.ts';

/** A project's rules as texts. */
export type Rules = Pick<ProjectSettings, 'fingerprintRules' | 'stackRules'>;

interface GroupingCode {
  groupEvent: typeof groupEvent;
  /** @throws HeedError `bad_rules` naming the line */
  compile: (rules: Partial<Rules>) => Required<Pick<GroupingOptions, 'fingerprintRules' | 'stackRules'>>;
}

/** The grouping of events, as the thread that takes them has it; loaded with the first question that needs it. */
export async function loadGrouping(): Promise<GroupingCode> {
  const [{ groupEvent: group }, { compileFingerprintRules }, { compileStackRules }] = await Promise.all([
    import('../../signals/errors/grouping/group-event.ts'),
    import('../../signals/errors/grouping/fingerprint-rule-set.ts'),
    import('../../signals/errors/grouping/stack-rule-set.ts'),
  ]);
  return {
    groupEvent: group,
    compile: ({ fingerprintRules, stackRules }) => ({
      fingerprintRules: compileFingerprintRules(fingerprintRules),
      stackRules: compileStackRules(stackRules),
    }),
  };
}
