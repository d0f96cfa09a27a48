import { parse } from 'bowser';

/** A browser in words, as `Firefox on Linux`. */
export function browserOf(agent: string): string {
  if (agent === '') return 'unknown';
  const { browser, os } = parse(agent);
  if (!browser.name) return agent.split(/[\s/]/, 1)[0].slice(0, 40);
  return os.name ? `${browser.name} on ${os.name}` : browser.name;
}
