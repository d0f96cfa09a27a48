import { describe } from 'node:test';
import { countingContract } from './contract/counting.suite.ts';
import { jobsContract } from './contract/jobs.suite.ts';
import { keepingContract } from './contract/keeping.suite.ts';
import { listingContract } from './contract/listing.suite.ts';
import { mergingContract } from './contract/merging.suite.ts';
import { searchingContract } from './contract/searching.suite.ts';
import { sessionsContract } from './contract/sessions.suite.ts';
import { statesContract } from './contract/states.suite.ts';
import { tracesContract } from './contract/traces.suite.ts';
import type { ErrorsPlace } from './contract/world.ts';

/** What every errors store must do. */
export function errorsContract(name: string, makePlace: () => ErrorsPlace): void {
  describe(`errors contract: ${name}`, () => {
    for (const part of [
      keepingContract,
      listingContract,
      searchingContract,
      statesContract,
      mergingContract,
      countingContract,
      sessionsContract,
      jobsContract,
      tracesContract,
    ])
      part(makePlace);
  });
}
