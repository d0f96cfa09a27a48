import { log } from '../../../core/log.ts';
import type { ProjectSettings } from '../../../core/project.ts';
import type { UserAgentFacts } from '../event/user-agent.ts';
import { compileFingerprintRules, type FingerprintRuleSet } from '../grouping/fingerprint-rule-set.ts';
import { compileStackRules, type StackRuleSet } from '../grouping/stack-rule-set.ts';
import { DEFAULT_SCRUB, Scrubber, type ScrubSettings } from '../scrub/scrubber.ts';

const MOST_SCRUBBERS = 32;

/** What it takes to make a project's events ready to be kept. */
export interface EventTools {
  scrubber: Scrubber;
  stackRules: StackRuleSet;
  fingerprintRules: FingerprintRuleSet;
  readUserAgent: (text: string) => UserAgentFacts;
}

/** The tools of each project by its settings; of those that nobody changed all are the same. */
export class ToolsByProject {
  readonly #usual: EventTools;
  readonly #own = new Map<number, EventTools>();
  /** By their settings: they remember what they saw. */
  readonly #scrubbers = new Map<string, Scrubber>();

  constructor(readUserAgent: EventTools['readUserAgent']) {
    this.#usual = { scrubber: new Scrubber(DEFAULT_SCRUB), stackRules: compileStackRules(), fingerprintRules: compileFingerprintRules(), readUserAgent };
  }

  of(project: number): EventTools {
    return this.#own.get(project) ?? this.#usual;
  }

  /** Holds for the next event. */
  set(project: number, { scrub, stackRules, fingerprintRules }: ProjectSettings): void {
    this.#own.set(project, {
      ...this.#usual,
      scrubber: this.#scrubberFor(scrub),
      stackRules: compiled(compileStackRules, stackRules, project),
      fingerprintRules: compiled(compileFingerprintRules, fingerprintRules, project),
    });
  }

  #scrubberFor(settings: ScrubSettings): Scrubber {
    const key = JSON.stringify(settings);
    let scrubber = this.#scrubbers.get(key);
    if (scrubber !== undefined) return scrubber;
    if (this.#scrubbers.size >= MOST_SCRUBBERS) this.#scrubbers.clear();
    this.#scrubbers.set(key, (scrubber = new Scrubber(settings)));
    return scrubber;
  }
}

/** Rules were read before they were saved; what cannot be read all the same, e.g. by an older Heed, is as none. */
function compiled<Rules>(compile: (text?: string) => Rules, text: string, project: number): Rules {
  try {
    return compile(text);
  } catch (error) {
    log.error({ err: error }, `cannot use the rules of project ${project}`);
    return compile();
  }
}
