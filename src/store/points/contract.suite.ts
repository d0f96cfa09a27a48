import { test } from 'node:test';
import { adaptiveContract } from './contract/adaptive.ts';
import { fillingContract } from './contract/filling.ts';
import { keepingContract } from './contract/keeping.ts';
import { readingContract } from './contract/reading.ts';
import { seriesContract } from './contract/series.ts';
import { tiersContract } from './contract/tiers.ts';
import type { Contract, ContractWorld } from './contract/world.ts';

const PARTS: [subject: string, part: (test: Contract) => void][] = [
  ['the store', readingContract],
  ['adaptive rules', adaptiveContract],
  ['tiers', tiersContract],
  ['points of the past', fillingContract],
  ['series', seriesContract],
  ['the store', keepingContract],
];

/** Tests everything that points-store.ts promises of any store, each in a world of its own. */
export function pointsContract(name: string, newWorld: () => ContractWorld): void {
  for (const [subject, part] of PARTS) {
    part((what, check) => {
      void test(`${name}: ${subject} ${what}`, async () => {
        await using world = newWorld();
        await check(world);
      });
    });
  }
}
