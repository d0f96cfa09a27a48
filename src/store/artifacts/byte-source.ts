import { open } from 'node:fs/promises';
import { badZip, type ByteSource } from './zip.ts';

/** Reads a file for as long as `use` works. */
export async function withFile<Result>(path: string, use: (source: ByteSource) => Promise<Result>): Promise<Result> {
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  return await use({
    size,
    async read(position, length) {
      checkRange(size, position, length);
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position);
      if (bytesRead < length) throw badZip('it is cut short');
      return buffer;
    },
  });
}

export const inMemory = (bytes: Buffer): ByteSource => ({
  size: bytes.length,
  async read(position, length) {
    checkRange(bytes.length, position, length);
    return bytes.subarray(position, position + length);
  },
});

function checkRange(size: number, position: number, length: number): void {
  if (position < 0 || position + length > size) throw badZip('it is cut short');
}
