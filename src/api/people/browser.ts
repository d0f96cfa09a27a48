import { inWords } from '../../signals/errors/event/user-agent.ts';
import { readUserAgent } from '../../signals/errors/receive/read-user-agent.ts';

/** A browser in words, as `Firefox on Linux`. */
export function browserOf(agent: string): string {
  if (agent === '') return 'unknown';
  const { browser, os } = readUserAgent(agent);
  if (!browser) return agent.split(/[\s/]/, 1)[0].slice(0, 40);
  return inWords({ name: browser.name }, { name: os?.name });
}
