import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { rmSync, statSync } from 'node:fs';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { eventually, renderValues, startServer, temporaryFolder, type RunningServer } from '../harness/server.ts';
import { connectTo, nowOf, takenBy, write } from './journey.fixture.ts';

/** HEED_KILL_CYCLES=500 for a long run. */
const CYCLES = Number(process.env.HEED_KILL_CYCLES ?? 50);
/** What the documents give: Graphite's points may be lost for so long after they were taken, milliseconds. */
const BOUND = 50;
const SERIES = 20;
/** Lines written in one go; each is a slot of its own, so that none can hide the loss of another. */
const LINES = 2000;

/** Sends line after line until the connection breaks; each value is its line's number. */
class Load {
  #sent = 0;
  readonly #socket: Socket;
  readonly #cycle: number;
  /** Time of the first line, seconds since 1970. */
  readonly #begin: number;

  constructor(socket: Socket, cycle: number, begin: number) {
    this.#socket = socket;
    this.#cycle = cycle;
    this.#begin = begin;
  }

  async send(lines = LINES): Promise<void> {
    let text = '';
    for (const until = this.#sent + lines; this.#sent < until; this.#sent++)
      text += `load.c${this.#cycle}.s${this.#sent % SERIES} ${this.#sent} ${this.#begin + Math.floor(this.#sent / SERIES)}\n`;
    await write(this.#socket, text);
  }

  /** Goes on until the server is gone, with room for others between. */
  async goOn(): Promise<void> {
    while (!this.#socket.destroyed) {
      await this.send(200);
      await wait(5);
    }
  }
}

/** What was taken more than the bound ago is with the points worker once both threads have answered after it. */
async function passTheBound(server: RunningServer): Promise<void> {
  await wait(BOUND);
  for (let i = 0; i < 2; i++) {
    await server.json('/api/v1/echo');
    await nowOf(server);
  }
}

/** Numbers of a cycle's lines that are there. */
async function linesThere(server: RunningServer, cycle: number): Promise<Set<number>> {
  return new Set(await renderValues(server, `load.c${cycle}.*`, '-2h'));
}

function assertAllThere(there: Set<number>, lines: number, cycle: number): void {
  const lost: number[] = [];
  for (let line = 0; line < lines; line++) if (!there.has(line)) lost.push(line);
  assert.deepEqual(lost.slice(0, 10), [], `cycle ${cycle}: ${lost.length} of ${lines} lines that were taken in time are lost`);
}

/** A kill may tear the end of a file, nothing else. */
async function assertOnlyTorn(server: RunningServer): Promise<number> {
  const { damage } = (await nowOf(server)).store;
  for (const { file, what } of damage) {
    const [, end] = /^bytes \d+ to (\d+) are damaged/.exec(what) ?? [];
    const torn = what.includes('cut off') || (end !== undefined && Number(end) === statSync(file, { throwIfNoEntry: false })?.size);
    assert.ok(torn, `damage after a kill: ${file}: ${what}`);
  }
  return damage.length;
}

test(`after kill -9 under load, ${CYCLES} times, all is there but the last 50 ms of lines and the running flush interval`, async (t) => {
  const folder = temporaryFolder();
  t.after(() => rmSync(folder, { recursive: true }));
  const begin = Math.floor(Date.now() / 1000) - 3600;
  const udp = createSocket('udp4');
  t.after(() => udp.close());
  const safe: number[] = [];
  let [torn, more, readyMs] = [0, 0, 0];
  for (let cycle = 0; cycle <= CYCLES; cycle++) {
    const started = performance.now();
    // The flush is short so that a cycle is.
    await using server = await startServer({ folder, args: ['--flush', '0.2'] });
    readyMs = Math.max(readyMs, performance.now() - started);
    torn += await assertOnlyTorn(server);
    if (cycle > 0) {
      const there = await linesThere(server, cycle - 1);
      assertAllThere(there, safe[cycle - 1], cycle - 1);
      more += there.size - safe[cycle - 1];
      assert.ok((await renderValues(server, 'stats.gauges.load.cycle', '-1h')).includes(cycle - 1), `the gauge of cycle ${cycle - 1} is lost`);
    }
    if (cycle === CYCLES) break;

    udp.send(`load.cycle:${cycle}|g\nload.hits:1|c\nload.time:${cycle}|ms`, server.port('statsd'), '127.0.0.1');
    const socket = await connectTo(server.port('carbon'));
    const load = new Load(socket, cycle, begin + (cycle % 8) * 400);
    await load.send();
    await eventually(
      () => takenBy(server, 'carbon'),
      (taken) => taken >= LINES,
    );
    await eventually(
      () => renderValues(server, 'stats.gauges.load.cycle'),
      (values) => values.includes(cycle),
    );
    const going = load.goOn();
    const noise = setInterval(() => udp.send(`load.hits:1|c\nload.time:${cycle}|ms`, server.port('statsd'), '127.0.0.1'), 1);
    await wait(Math.random() * 100);
    const taken = await takenBy(server, 'carbon');
    await passTheBound(server);
    safe.push(taken);
    await server.stop('SIGKILL');
    clearInterval(noise);
    await going;
  }
  t.diagnostic(
    `${safe.reduce((sum, lines) => sum + lines, 0)} lines were safe and ${more} more were kept; ${torn} torn ends; slowest start ${Math.round(readyMs)} ms`,
  );

  await using server = await startServer({ folder });
  for (let cycle = 0; cycle < CYCLES; cycle++) assertAllThere(await linesThere(server, cycle), safe[cycle], cycle);
});
