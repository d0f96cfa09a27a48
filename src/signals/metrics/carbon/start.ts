import type { ReceiveContext, ReceivePart } from '../context.ts';
import { Aggregator } from './aggregate.ts';
import { CarbonDoor } from './door.ts';
import { LineParser } from './line.ts';
import { LineStream } from './line-stream.ts';
import { listenTcp } from './tcp.ts';
import { listenUdp } from './udp.ts';

/**
 * Listens for Graphite lines and pickles where the config says.
 * @throws HeedError `cannot_listen`; what was bound before is closed
 */
export async function startCarbon(context: ReceiveContext): Promise<ReceivePart> {
  const { config, counters, points } = context;
  const aggregator = new Aggregator(points, counters);
  const door = new CarbonDoor(points, counters, aggregator);
  const parser = new LineParser(door, counters);
  const parts: ReceivePart[] = [];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= end());
  const end = async (): Promise<void> => {
    await Promise.all(parts.map((part) => part.stop()));
    aggregator.finish();
    points.flush();
  };
  try {
    for (const address of config.carbon) {
      if (address.transport === 'udp') parts.push(await listenUdp(context, address, parser));
      else parts.push(await listenTcp(context, address, 'carbon', () => new LineStream(parser, counters)));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { listening: parts.flatMap(({ listening }) => listening), stop };
}
