import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { causeOf, HeedError } from '../../core/errors.ts';

/** Longer lines are told and left out. */
export const MAX_LINE_BYTES = 65_536;
const NEWLINE = 10;

/** A text of lines: a file, plain or by gzip, or standard input. */
export interface LineSource {
  stream: Readable;
  gzip: boolean;
  /** Of the file; 0 for standard input. */
  bytes: number;
  /** Tells the file from others and from itself after a change; empty for standard input. */
  fingerprint: string;
}

/** @throws HeedError `nothing_there` (404) */
export async function openLines(path: string): Promise<LineSource> {
  if (path === '-') return { stream: process.stdin, gzip: false, bytes: 0, fingerprint: '' };
  try {
    const file = await open(path);
    const magic = Buffer.alloc(2);
    try {
      await file.read(magic, 0, 2, 0);
    } finally {
      await file.close();
    }
    const { size, mtimeMs } = await stat(path);
    return { stream: createReadStream(path), gzip: magic[0] === 0x1f && magic[1] === 0x8b, bytes: size, fingerprint: `${size} ${mtimeMs}` };
  } catch (error) {
    throw new HeedError('nothing_there', `cannot import ${path}: ${causeOf(error)}`, { status: 404 });
  }
}

export interface LineReading {
  /** Bytes of text to pass over. */
  skip: number;
  signal: AbortSignal;
  /** A line, or undefined for one that is too long, and where in the text it ends. */
  line: (text: string | undefined, end: number) => void;
  /** After each chunk, with how much of the file was read; the stream waits for it. */
  pause: (read: number) => Promise<void>;
}

/** Reads all lines; a last one without a newline is one too. @throws the stream's error */
export async function readLines({ stream, gzip }: LineSource, { skip, signal, line, pause }: LineReading): Promise<void> {
  let read = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      read += chunk.length;
      done(null, chunk);
    },
  });
  const splitter = new LineSplitter(line);
  const take = async (source: AsyncIterable<Buffer>): Promise<void> => {
    let passed = 0;
    for await (const chunk of source) {
      const drop = Math.max(0, Math.min(chunk.length, skip - passed));
      passed += chunk.length;
      if (drop < chunk.length) splitter.add(chunk.subarray(drop), passed - chunk.length + drop);
      await pause(read);
    }
    splitter.end(passed);
  };
  await (gzip ? pipeline(stream, count, createGunzip(), take, { signal }) : pipeline(stream, count, take, { signal }));
}

/** Cuts chunks into lines. */
export class LineSplitter {
  readonly #line: LineReading['line'];
  #rest = Buffer.alloc(0);
  /** Within a line that is too long. */
  #tooLong = false;

  constructor(line: LineReading['line']) {
    this.#line = line;
  }

  /** Takes a chunk that begins at `at` of the text. */
  add(chunk: Buffer, at: number): void {
    let start = 0;
    for (let newline = chunk.indexOf(NEWLINE); newline >= 0; newline = chunk.indexOf(NEWLINE, start)) {
      this.#give(chunk.subarray(start, newline), at + newline + 1);
      start = newline + 1;
    }
    if (this.#tooLong || this.#rest.length + chunk.length - start > MAX_LINE_BYTES) {
      this.#tooLong = true;
      this.#rest = Buffer.alloc(0);
    } else this.#rest = Buffer.concat([this.#rest, chunk.subarray(start)]);
  }

  /** The text ended at `at`. */
  end(at: number): void {
    if (this.#rest.length > 0 || this.#tooLong) this.#give(Buffer.alloc(0), at);
  }

  #give(tail: Buffer, end: number): void {
    const tooLong = this.#tooLong || this.#rest.length + tail.length > MAX_LINE_BYTES;
    const text = this.#rest.length === 0 ? tail.toString() : Buffer.concat([this.#rest, tail]).toString();
    this.#rest = Buffer.alloc(0);
    this.#tooLong = false;
    this.#line(tooLong ? undefined : text, end);
  }
}
