import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { readConfig } from '../../../core/config/config.ts';
import { allocateCounters, CounterLane, readCounters } from '../../../core/counters.ts';
import { Forwarding } from '../forward/tee.ts';
import type { ReceiveContext, ReceivePart } from '../context.ts';
import { Echo } from '../echo.ts';
import { RecordingWriter } from './recording-writer.fixture.ts';
import { startCarbon } from './start.ts';

/** Carbon's listeners on free ports of loopback, before a queue that remembers. */
export interface Running {
  writer: RecordingWriter;
  carbon: ReceivePart;
  context: ReceiveContext;
  counts(): Record<string, number>;
  /** Resolves when `when` holds. */
  until(when: () => boolean): Promise<void>;
  port(protocol?: string, transport?: string): number;
  connect(protocol?: string): Promise<Socket>;
}

/** Starts them for one test; a data folder is needed for forwarding only. */
export async function runCarbon(t: TestContext, flags: Record<string, string> = {}, folder = ''): Promise<Running> {
  const config = await readConfig({ carbon: '127.0.0.1:0', pickle: '127.0.0.1:0', ...flags }, {}, import.meta.dirname);
  const memory = allocateCounters();
  const writer = new RecordingWriter();
  const counters = new CounterLane(memory, 'receive');
  const forwarding = new Forwarding(config, counters, folder);
  const context: ReceiveContext = { config, points: forwarding.tee(writer), counters, echo: new Echo(), fact: () => true };
  const carbon = await startCarbon(context);
  t.after(async () => {
    await carbon.stop();
    await forwarding.stop();
  });
  const port = (protocol = 'carbon', transport = 'tcp'): number =>
    carbon.listening.find((one) => one.protocol === protocol && one.transport === transport)?.port ?? 0;
  return {
    writer,
    port,
    carbon,
    context,
    counts: () => readCounters(memory),
    until: async (when) => {
      while (!when()) await turn();
    },
    connect: async (protocol = 'carbon') => {
      const socket = connect(port(protocol), '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    },
  };
}
