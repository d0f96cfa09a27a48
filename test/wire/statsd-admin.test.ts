import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { runStatsd } from './statsd.fixture.ts';

/** Sends a command and reads until the answer ends as expected. */
async function ask(socket: Socket, command: string, end: RegExp): Promise<string> {
  let text = '';
  socket.write(command);
  while (!end.test(text)) text += String((await once(socket, 'data'))[0]);
  return text;
}

const END = /END\n\n$/;

test('the admin interface answers as upstream does', async (t) => {
  const statsd = await runStatsd(t);
  await statsd.udp('a.b:1|c\na.c:2|c\nt:5|ms\nt:7|ms\ng:-3|g\nplain:1|c\nbroken');
  const admin = await statsd.tcp('statsd-admin');
  assert.match(await ask(admin, 'help\n', /\n\n$/), /^Commands: stats, counters, timers, gauges, delcounters, deltimers, delgauges, health, config, quit\n\n$/);
  assert.equal(await ask(admin, 'health', /\n$/), 'health: up\n');
  assert.equal(await ask(admin, 'health down\n', /\n$/), 'health: down\n');
  assert.equal(await ask(admin, 'health\r\n', /\n$/), 'health: down\n');
  assert.equal(await ask(admin, 'health up\n', /\n$/), 'health: up\n');
  assert.equal(await ask(admin, 'nonsense\n', /\n$/), 'ERROR\n');
  const own = ['bad_lines_seen', 'packets_received', 'metrics_received'].map((name) => `  'statsd.${name}': 0,\n`).join('');
  assert.equal(await ask(admin, 'counters\n', END), `{\n${own}  'a.b': 1,\n  'a.c': 2,\n  plain: 1\n}\nEND\n\n`);
  assert.equal(await ask(admin, 'timers\n', END), '{\n  t: [ 5, 7 ]\n}\nEND\n\n');
  assert.equal(await ask(admin, 'gauges\n', END), '{\n  g: -3\n}\nEND\n\n');
  const stats = await ask(admin, 'stats\n', END);
  assert.match(
    stats,
    /^uptime: \d+\nmessages\.last_msg_seen: \d+\nmessages\.bad_lines_seen: 1\ngraphite\.last_flush: \d+\ngraphite\.last_exception: \d{9,}\ngraphite\.flush_time: \d+\ngraphite\.flush_length: \d+\nEND\n\n$/,
  );
  assert.match(await ask(admin, 'config\n', END), /^flush: 10$/m);
  assert.equal(await ask(admin, 'delcounters a.* nothing\n', END), 'deleted: a.b\ndeleted: a.c\nmetric nothing not found\nEND\n\n');
  assert.equal(await ask(admin, 'deltimers t\n', END), 'deleted: t\nEND\n\n');
  assert.equal(await ask(admin, 'delgauges g\n', END), 'deleted: g\nEND\n\n');
  assert.equal(await ask(admin, 'gauges\n', END), '{}\nEND\n\n');
  const numbers = await statsd.flush();
  assert.ok(!('stats.a.b' in numbers) && !('stats.gauges.g' in numbers) && 'stats.plain' in numbers);
  admin.write('quit\n');
  await once(admin, 'close');
});

test('a listing of very many names comes whole', async (t) => {
  const statsd = await runStatsd(t);
  for (let i = 0; i < 3000; i += 30) await statsd.udp(Array.from({ length: 30 }, (_, k) => `many.${i + k}:1|c`).join('\n'));
  const admin = await statsd.tcp('statsd-admin');
  const listing = await ask(admin, 'counters\n', END);
  assert.equal(listing.match(/'many\.\d+': 1/g)?.length, 3000);
  admin.end();
});

test('secrets of the configuration stay out of the admin interface', async (t) => {
  const statsd = await runStatsd(t, { token: 'very-secret', dsnKey: 'a'.repeat(32) });
  const admin = await statsd.tcp('statsd-admin');
  const config = await ask(admin, 'config\n', END);
  assert.ok(!config.includes('very-secret') && !config.includes('aaaa'));
  admin.end();
});
