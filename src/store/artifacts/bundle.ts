import { causeOf, HeedError } from '../../core/errors.ts';
import type { BundledFile } from './artifacts-store.ts';
import { type ByteSource, readEntry, readZip } from './zip.ts';

const MAGIC = 'SYSB';
const MOST_MANIFEST = 8 * 1024 * 1024;
const MOST_FILES = 20_000;
const MOST_URL = 2000;

/**
 * Minified files and source maps of a bundle: a ZIP file behind eight bytes of its own, with a manifest.
 * @throws HeedError `bad_bundle`
 */
export async function readBundle(source: ByteSource): Promise<BundledFile[]> {
  try {
    const magic = source.size < 8 ? '' : (await source.read(0, 4)).toString('latin1');
    if (magic !== MAGIC) throw badBundle('it does not begin as an artifact bundle');
    const entries = await readZip(source);
    const manifest = entries.get('manifest.json');
    if (manifest === undefined) throw badBundle('it has no manifest.json');
    const files = readManifest((await readEntry(source, manifest, MOST_MANIFEST)).toString('utf8'));
    return files.filter(({ path }) => entries.has(path));
  } catch (error) {
    if (error instanceof HeedError && error.code === 'bad_bundle') throw error;
    throw badBundle(causeOf(error));
  }
}

/** What a manifest says of files that Heed uses. @throws HeedError `bad_bundle` */
export function readManifest(text: string): BundledFile[] {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    throw badBundle('its manifest is not JSON');
  }
  const files = Object.entries(recordOf(recordOf(manifest).files));
  if (files.length > MOST_FILES) throw badBundle(`it has ${files.length} files, ${MOST_FILES} are allowed`);
  return files.flatMap(([path, told]) => fileOf(path, recordOf(told)) ?? []);
}

function fileOf(path: string, { type, url, headers }: Record<string, unknown>): BundledFile | undefined {
  if ((type !== 'minified_source' && type !== 'source_map') || typeof url !== 'string' || url.length > MOST_URL) return undefined;
  const said = new Map(Object.entries(recordOf(headers)).map(([name, value]) => [name.toLowerCase(), typeof value === 'string' ? value : '']));
  const sourceMap = said.get('sourcemap') ?? said.get('x-sourcemap') ?? '';
  return { path, type, url, debugId: debugIdOf(said.get('debug-id')), sourceMap: sourceMap.length > MOST_URL ? '' : sourceMap };
}

/** A debug id without its dashes; empty for what is none. */
export function debugIdOf(text: unknown): string {
  const id = typeof text === 'string' && text.length <= 60 ? text.replaceAll('-', '').toLowerCase() : '';
  return /^[0-9a-f]{32}$/.test(id) ? id : '';
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export const badBundle = (why: string): HeedError => new HeedError('bad_bundle', `cannot take the bundle: ${why}`);
