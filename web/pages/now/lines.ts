import type { NowAnswer } from '../../../src/api/contract.ts';

/** Addresses as they are read, not pasted: `udp :8125` on loopback. */
export function addressText(addresses: readonly string[]): string {
  return addresses.length === 0 ? 'off' : addresses.map((address) => address.replace(' 127.0.0.1:', ' :')).join(', ');
}

/** A line to paste and what it is. */
export interface Example {
  lead: string;
  rest: string;
  code: string;
}

interface Place {
  host: string;
  port: string;
}

/** The first address of a protocol and transport, as a client would name it: a server on all interfaces by this page's host. */
function placeOf(answer: NowAnswer, protocol: string, transport: string, here: string): Place | undefined {
  const found = answer.protocols.find(({ name }) => name === protocol)?.addresses.find((address) => address.startsWith(`${transport} `));
  const parts = /^\w+ \[?(.*?)\]?:(\d+)$/.exec(found ?? '');
  if (!parts) return undefined;
  return { host: /^(?:0\.0\.0\.0|::|\*)$/.test(parts[1]) ? here : parts[1], port: parts[2] };
}

/** Exact lines for the addresses that listen now, by what the reader has. */
export function examples(answer: NowAnswer, here: string): Record<'shell' | 'node' | 'python', Example[]> {
  const statsd = placeOf(answer, 'statsd', 'udp', here);
  const carbon = placeOf(answer, 'carbon', 'tcp', here);
  const shell: Example[] = [];
  const node: Example[] = [];
  const python: Example[] = [];
  if (statsd) {
    const { host, port } = statsd;
    shell.push({ lead: 'A count', rest: ', from any shell:', code: `echo "hello.visits:1|c" | nc -u -w1 ${host} ${port}` });
    node.push({
      lead: 'A count',
      rest: ', with nothing installed:',
      code: `import { createSocket } from "node:dgram"\n\nconst socket = createSocket("udp4")\nsocket.send("hello.visits:1|c", ${port}, "${host}", () => socket.close())`,
    });
    node.push({
      lead: 'A StatsD client you already have',
      rest: ', here hot-shots:',
      code: `import { StatsD } from "hot-shots"\n\nnew StatsD({ host: "${host}", port: ${port} }).increment("hello.visits")`,
    });
    python.push({
      lead: 'A count',
      rest: ', with nothing installed:',
      code: `import socket\n\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"hello.visits:1|c", ("${host}", ${port}))`,
    });
    python.push({
      lead: 'A StatsD client you already have',
      rest: ', here statsd:',
      code: `from statsd import StatsClient\n\nStatsClient("${host}", ${port}).incr("hello.visits")`,
    });
  }
  if (carbon) {
    const { host, port } = carbon;
    shell.push({ lead: 'A Graphite line', rest: ', with a time of its own:', code: `echo "hello.load 0.42 $(date +%s)" | nc -w1 ${host} ${port}` });
    python.push({
      lead: 'A Graphite line',
      rest: ':',
      code: `import socket, time\n\nwith socket.create_connection(("${host}", ${port})) as carbon:\n    carbon.sendall(b"hello.load 0.42 %d\\n" % time.time())`,
    });
    node.push({
      lead: 'A Graphite line',
      rest: ':',
      code: `import { connect } from "node:net"\n\nconnect(${port}, "${host}").end("hello.load 0.42 " + Math.floor(Date.now() / 1000) + "\\n")`,
    });
  }
  const client = [
    statsd && `# StatsD\nSTATSD_HOST=${statsd.host} STATSD_PORT=${statsd.port}`,
    carbon && `# Graphite\nGRAPHITE_HOST=${carbon.host} GRAPHITE_PORT=${carbon.port}`,
  ].filter(Boolean);
  if (client.length > 0) shell.push({ lead: 'A program you already have', rest: ', only the host changes:', code: client.join('\n') });
  return { shell, node, python };
}
