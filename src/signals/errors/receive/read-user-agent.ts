import { parse as parseUserAgent } from 'bowser';
import type { UserAgentFacts } from '../event/user-agent.ts';

/** The same few browsers ask again and again. */
const MOST_REMEMBERED = 1000;
const known = new Map<string, UserAgentFacts>();

/** Browser, system and device of a User-Agent text. */
export function readUserAgent(text: string): UserAgentFacts {
  let facts = known.get(text);
  if (facts === undefined) {
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(text, (facts = parse(text)));
  }
  return facts;
}

function parse(text: string): UserAgentFacts {
  // Programs need not send one.
  if (text === '') return {};
  const { browser, os, platform } = parseUserAgent(text);
  return {
    browser: named(browser),
    os: named({ name: os.name, version: os.versionName ?? os.version }),
    device: platform.model === undefined ? undefined : { family: platform.model, brand: platform.vendor, model: platform.model },
  };
}

const named = ({ name, version }: { name?: string; version?: string }): UserAgentFacts['browser'] =>
  name === undefined || name === '' ? undefined : { name, version };
