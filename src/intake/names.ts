import { MAX_NAME_BYTES } from '../core/series.ts';

// C0 and C1 controls and DEL: nothing that a terminal or a log would act on becomes a name.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Why a name may not become a series, in words that follow "bad name: ", or undefined when it may. Paths such as `../x` are
 * fine: names never become paths.
 */
export function checkName(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name.length > MAX_NAME_BYTES || Buffer.byteLength(name) > MAX_NAME_BYTES) return `it is longer than ${MAX_NAME_BYTES} bytes`;
  if (CONTROL.test(name)) return 'it holds a control character';
  if (!name.isWellFormed()) return 'it is not valid UTF-8';
  return undefined;
}

/** Decodes `bytes[start..end)` as a name; undefined when it is not valid UTF-8 or `checkName` refuses it. */
export function readName(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > MAX_NAME_BYTES) return undefined;
  try {
    const name = decoder.decode(bytes.subarray(start, end));
    return checkName(name) === undefined ? name : undefined;
  } catch {
    return undefined;
  }
}
