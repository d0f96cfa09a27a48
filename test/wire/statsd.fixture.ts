import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { readConfig } from '../../src/core/config/config.ts';
import { allocateCounters, CounterLane, readCounters, type CounterName } from '../../src/core/counters.ts';
import type { Fact } from '../../src/core/fact.ts';
import { RecordingWriter } from '../../src/signals/metrics/carbon/recording-writer.fixture.ts';
import type { Listening } from '../../src/signals/metrics/context.ts';
import { Echo } from '../../src/signals/metrics/echo.ts';
import { startStatsd, type StatsdPart } from '../../src/signals/metrics/statsd/start.ts';

/** StatsD on real sockets in this thread, flushed by hand. */
export interface RunningStatsd {
  part: StatsdPart;
  echo: Echo;
  facts: Fact[];
  folder: string;
  port(transport: Listening['transport'], protocol?: Listening['protocol']): number;
  count(name: CounterName): number;
  /** Resolves when a counter has come to at least `least`. */
  counted(name: CounterName, least: number): Promise<void>;
  /** Ends the interval; what was stored, by series name. */
  flush(): Promise<Record<string, number>>;
  /** A series' last stored value, or undefined. */
  stored(name: string): number | undefined;
  udp(...packets: (string | Buffer)[]): Promise<void>;
  tcp(protocol?: Listening['protocol']): Promise<Socket>;
}

/** `FOLDER` in a flag's value is the test's own temporary folder. */
export async function runStatsd(t: TestContext, flags: Record<string, string> = {}): Promise<RunningStatsd> {
  const folder = await mkdtemp(join(tmpdir(), 'heed-statsd-'));
  const asked = Object.fromEntries(Object.entries(flags).map(([key, value]) => [key, value.replaceAll('FOLDER', folder)]));
  const config = await readConfig({ statsd: '127.0.0.1:0', statsdAdmin: '127.0.0.1:0', 'statsdOptions.maxSeries': '4096', ...asked }, {}, folder);
  const memory = allocateCounters();
  const writer = new RecordingWriter();
  const echo = new Echo();
  const facts: Fact[] = [];
  const context = { config, points: writer, counters: new CounterLane(memory, 'receive'), echo, fact: (fact: Fact) => facts.push(fact) > 0 };
  const part = await startStatsd(context, () => ({ stop: () => undefined }));
  t.after(async () => {
    await part.stop();
    await rm(folder, { recursive: true });
  });
  const port = (transport: Listening['transport'], protocol: Listening['protocol'] = 'statsd'): number =>
    part.listening.find((one) => one.transport === transport && one.protocol === protocol)?.port ?? 0;
  const count = (name: CounterName): number => readCounters(memory)[name];
  let time = 0;
  return {
    part,
    echo,
    facts,
    folder,
    port,
    count,
    async counted(name, least) {
      while (count(name) < least) await turn();
    },
    async flush() {
      writer.points.length = 0;
      await part.flush((time += 10_000));
      return Object.fromEntries(writer.points.map(([name, , value]) => [name, value]));
    },
    stored: (name) => writer.points.findLast(([stored]) => stored === name)?.[2],
    async udp(...packets) {
      const socket = createSocket('udp4');
      const before = count('statsd.udp.packets');
      for (const packet of packets) await new Promise((resolve) => socket.send(packet, port('udp'), '127.0.0.1', resolve));
      while (count('statsd.udp.packets') < before + packets.length) await turn();
      socket.close();
    },
    async tcp(protocol) {
      const socket = connect(port('tcp', protocol), '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    },
  };
}

/** Runs Debian's Python, which is where python3-statsd is. */
export async function python(script: string, ...args: string[]): Promise<string> {
  return (await promisify(execFile)('/usr/bin/python3', ['-c', script, ...args], { timeout: 30_000 })).stdout;
}
