import type { BundledFile, FoundMap, ListedFile, MapQuestion, NotFound } from './artifacts-store.ts';

/** What a bundle is kept for. */
export interface BundleUse {
  projects: number[];
  release: string;
  dist: string;
}

export interface IndexedBundle {
  checksum: string;
  /** On disk. */
  file: string;
  uploaded: number;
  uses: BundleUse[];
  files: BundledFile[];
}

/** Which bundle has what; bundles that came later go before earlier ones. */
export class BundleIndex {
  /** By checksum, the oldest first. */
  readonly bundles = new Map<string, IndexedBundle>();
  /** By debug id, the newest last. */
  readonly #byId = new Map<string, Set<IndexedBundle>>();

  add(bundle: IndexedBundle): void {
    this.remove(bundle.checksum);
    this.bundles.set(bundle.checksum, bundle);
    for (const { debugId } of bundle.files) {
      if (debugId === '') continue;
      const known = this.#byId.get(debugId);
      if (known) known.add(bundle);
      else this.#byId.set(debugId, new Set([bundle]));
    }
  }

  remove(checksum: string): void {
    const bundle = this.bundles.get(checksum);
    if (bundle === undefined) return;
    this.bundles.delete(checksum);
    for (const { debugId } of bundle.files) {
      const known = this.#byId.get(debugId);
      known?.delete(bundle);
      if (known?.size === 0) this.#byId.delete(debugId);
    }
  }

  find(question: MapQuestion): FoundMap | NotFound {
    const byId = question.debugId === '' ? undefined : this.#findById(question);
    if (byId?.by === 'debug id') return byId;
    const byRelease = question.release === '' ? undefined : this.#findByRelease(question);
    if (byRelease?.by === 'release') return byRelease;
    return byId ?? byRelease ?? { by: '', missing: 'release' };
  }

  files({ project, release, limit }: { project: number; release: string; limit: number }): ListedFile[] {
    const listed: ListedFile[] = [];
    for (const bundle of this.#ofRelease(project, release, undefined)) {
      const dist = bundle.uses.find((use) => use.release === release)?.dist ?? '';
      for (const [at, file] of bundle.files.entries()) {
        if (listed.length >= limit) return listed;
        listed.push({ ...file, id: `${bundle.checksum.slice(0, 12)}-${at}`, dist, uploaded: bundle.uploaded });
      }
    }
    return listed;
  }

  #findById({ project, debugId }: MapQuestion): FoundMap | NotFound {
    const bundles = [...(this.#byId.get(debugId) ?? [])].filter(({ uses }) => uses.some(({ projects }) => projects.includes(project))).toReversed();
    if (bundles.length === 0) return { by: '', missing: 'debug id' };
    for (const bundle of bundles) {
      const minified = fileBy(bundle, 'minified_source', debugId);
      const map = fileBy(bundle, 'source_map', debugId) ?? (minified && mapOf(bundle, minified));
      if (map) return found('debug id', bundle, map, minified);
    }
    return { by: '', missing: 'map' };
  }

  #findByRelease({ project, release, dist, urls }: MapQuestion): FoundMap | NotFound {
    const bundles = this.#ofRelease(project, release, dist);
    if (bundles.length === 0) return { by: '', missing: 'release' };
    let missing: NotFound['missing'] = 'file';
    for (const url of urls) {
      for (const bundle of bundles) {
        const minified = fileBy(bundle, 'minified_source', url);
        if (minified === undefined) continue;
        missing = 'map';
        // Its map may have come with another upload.
        for (const other of [bundle, ...bundles]) {
          const map = mapOf(other, minified);
          if (map) return found('release', other, map, other === bundle ? minified : undefined);
        }
      }
    }
    return { by: '', missing };
  }

  #ofRelease(project: number, release: string, dist: string | undefined): IndexedBundle[] {
    const isMeant = (use: BundleUse): boolean =>
      use.release === release && (dist === undefined || use.dist === '' || use.dist === dist) && use.projects.includes(project);
    return [...this.bundles.values()].filter(({ uses }) => uses.some(isMeant)).toReversed();
  }
}

const found = (by: FoundMap['by'], { file, uploaded }: IndexedBundle, map: BundledFile, minified?: BundledFile): FoundMap => ({
  by,
  bundle: file,
  map: map.path,
  minified: minified?.path ?? '',
  uploaded,
});

/** By what the minified file says, else `app.js.map` beside `app.js`. */
function mapOf(bundle: IndexedBundle, { url, sourceMap }: BundledFile): BundledFile | undefined {
  const wanted = [...(sourceMap === '' ? [] : [beside(url, sourceMap)]), `${url}.map`];
  return wanted.map((one) => fileBy(bundle, 'source_map', one)).find((map) => map !== undefined);
}

/** By type and address, and by type and debug id; made when a bundle is first looked into. */
const tables = new WeakMap<IndexedBundle, Map<string, BundledFile>>();

/** The file of a bundle with this address or debug id. */
function fileBy(bundle: IndexedBundle, type: BundledFile['type'], name: string): BundledFile | undefined {
  let table = tables.get(bundle);
  if (table === undefined) {
    table = new Map();
    for (const file of bundle.files) for (const key of [`${file.type} ${file.url}`, `${file.type} ${file.debugId}`]) if (!table.has(key)) table.set(key, file);
    tables.set(bundle, table);
  }
  return table.get(`${type} ${name}`);
}

/** An address relative to another, where `~` stands for any host. */
export function beside(url: string, relative: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(relative) || relative.startsWith('~')) return relative;
  const tilde = url.startsWith('~');
  if (!URL.canParse(relative, tilde ? `any://any${url.slice(1)}` : url)) return relative;
  const { href } = new URL(relative, tilde ? `any://any${url.slice(1)}` : url);
  const full = tilde ? href.replace(/^any:\/\/any/, '~') : href;
  try {
    return decodeURI(full);
  } catch {
    return full;
  }
}
