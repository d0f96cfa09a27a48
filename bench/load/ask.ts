import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** One GET over a kept connection; resolves to milliseconds until the last byte, and the body's size. */
export function ask(url: string): Promise<{ ms: number; bytes: number; status: number }> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const call = request(url, { agent }, (response) => {
      let bytes = 0;
      response.on('data', (data: Buffer) => (bytes += data.length));
      response.on('end', () => resolve({ ms: performance.now() - start, bytes, status: response.statusCode ?? 0 }));
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end();
  });
}
