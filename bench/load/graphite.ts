import { createReadStream, openSync, closeSync, writeSync } from 'node:fs';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { seriesName, workload } from './workload.ts';

/** Writes `series` × `steps` Graphite lines into a file, step by step. `start` and `step` are seconds. Returns its lines. */
export function writeLines(file: string, series: number, steps: number, start: number, step: number): number {
  const names = Array.from({ length: series }, (_, i) => seriesName(i));
  const source = workload(series);
  const values = new Float64Array(series);
  const fd = openSync(file, 'w');
  for (let k = 0; k < steps; k++) {
    source.next(values);
    const time = start + k * step;
    for (let from = 0; from < series; from += 20_000) {
      let text = '';
      for (let i = from; i < Math.min(series, from + 20_000); i++) text += `${names[i]} ${values[i]} ${time}\n`;
      writeSync(fd, text);
    }
  }
  closeSync(fd);
  return series * steps;
}

/** Sends a file over one TCP connection and resolves when the other side has taken and closed it. */
export async function sendFile(file: string, port: number): Promise<void> {
  const socket = createConnection(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.resume();
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), socket);
}

if (import.meta.main) await sendFile(process.argv[2], Number(process.argv[3]));
