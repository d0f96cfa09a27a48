import { log } from '../../../core/log.ts';
import { loadLibc } from '../udp/libc.ts';
import type { ReceiveContext, ReceivePart } from '../context.ts';
import { Aggregator } from './aggregate.ts';
import { type CarbonConf, readCarbonConf } from './conf/read.ts';
import { policyFromConfig } from './conf/policy.ts';
import { watchCarbonConf } from './conf/watch.ts';
import { CarbonDoor } from './door.ts';
import { LineParser } from './line.ts';
import { LineStream } from './line-stream.ts';
import { NameTable } from './name-table.ts';
import { PickleBudget, PickleStream } from './pickle-stream.ts';
import { listenTcp } from './tcp.ts';
import { listenUdp } from './udp.ts';

/** How often it is looked which aggregations are due; their own intervals are whole seconds. */
const AGGREGATE_EVERY_MS = 1000;

/** A series may come under several spellings of its tags; names that are refused are held too. */
const NAMES_A_SERIES = 1.5;
const OTHER_NAMES = 65_536;

/**
 * Listens for Graphite lines and pickles where the config says.
 * @throws HeedError `cannot_listen`; what was bound before is closed
 */
export async function startCarbon(context: ReceiveContext): Promise<ReceivePart> {
  const { config, counters, points } = context;
  const aggregator = new Aggregator(points, counters);
  const door = new CarbonDoor(points, counters, new NameTable(Math.floor(config.maxSeries * NAMES_A_SERIES) + OTHER_NAMES), aggregator);
  const parser = new LineParser(door, counters);
  const useConf = ({ rules, warnings }: CarbonConf): void => {
    for (const warning of warnings) log.warn(warning);
    door.useRules(rules);
  };
  const parts: ReceivePart[] = [];
  let unwatch = (): void => undefined;
  const ticking = setInterval(() => aggregator.tick(Date.now(), performance.now()), AGGREGATE_EVERY_MS).unref();
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= end());
  const end = async (): Promise<void> => {
    unwatch();
    clearInterval(ticking);
    await Promise.all(parts.map((part) => part.stop()));
    aggregator.finish();
    points.flush();
  };
  try {
    if (config.carbonConf !== '') {
      const own = policyFromConfig(config);
      // The points worker's policy has warned of the same files at start.
      door.useRules((await readCarbonConf(config.carbonConf, own)).rules);
      unwatch = watchCarbonConf(config.carbonConf, own, useConf);
    }
    const budget = new PickleBudget();
    for (const address of config.pickle) parts.push(await listenTcp(context, address, 'pickle', () => new PickleStream(door, counters, budget)));
    for (const address of config.carbon) {
      if (address.transport === 'udp') parts.push(await listenUdp(loadLibc(), context, address, parser));
      else parts.push(await listenTcp(context, address, 'carbon', () => new LineStream(parser, counters)));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { listening: parts.flatMap(({ listening }) => listening), stop };
}
