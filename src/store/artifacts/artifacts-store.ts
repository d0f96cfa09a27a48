/**
 * Where what builds upload lives: bundles of minified files and their source maps. The embedded engine keeps them as files; a distributed
 * one will keep them in object storage. `contract.suite.ts` runs against every implementation. Times are milliseconds since 1970.
 */
export interface ArtifactsStore {
  /** Keeps a piece of a bundle until that is put together; the oldest pieces go beyond 512 MB. */
  addChunk(sha1: string, bytes: Uint8Array): Promise<void>;
  /**
   * Puts a bundle together of its pieces, or says which of them are missing. A bundle that is there already is kept for these projects and
   * this release too. The oldest bundles go beyond 2 GB, 2,000 of them, or 100,000 files.
   * @throws HeedError `bad_bundle` for what is no bundle or not what its checksum says
   */
  assemble(bundle: NewBundle): Promise<{ missing: string[] }>;
  /** Whether there is a bundle at all. */
  hasAny(): Promise<boolean>;
  /** Finds the source map of a minified file. */
  find(question: MapQuestion): Promise<FoundMap | NotFound>;
  /** Minified files and source maps of a release, at most so many. */
  files(question: { project: number; release: string; limit: number }): Promise<ListedFile[]>;
}

export interface NewBundle {
  /** Of the whole and of its pieces, in order: SHA-1, 40 hex digits. */
  checksum: string;
  chunks: readonly string[];
  /** Their numbers. */
  projects: readonly number[];
  /** Empty where it is for no release in particular. */
  release: string;
  dist: string;
}

/** One file as a bundle's manifest tells of it. */
export interface BundledFile {
  /** Within the bundle. */
  path: string;
  type: 'minified_source' | 'source_map';
  /** `~/static/app.js` */
  url: string;
  /** 32 hex digits; empty without one. */
  debugId: string;
  /** Where a minified file says its map is, relative to its own address; empty where it does not. */
  sourceMap: string;
}

export interface MapQuestion {
  project: number;
  /** 32 hex digits; empty where the event names none. */
  debugId: string;
  release: string;
  dist: string;
  /** Addresses that the minified file may have in a bundle, the likeliest first. */
  urls: readonly string[];
}

/** A source map and where its bytes are. */
export interface FoundMap {
  by: 'debug id' | 'release';
  /** The bundle's file on disk, and the paths within. */
  bundle: string;
  map: string;
  /** Empty where the minified file was not uploaded with it. */
  minified: string;
  uploaded: number;
}

/** How far the search came: no bundle of this debug id or of the release, none of them with this file, or no map for it. */
export interface NotFound {
  by: '';
  missing: 'debug id' | 'release' | 'file' | 'map';
}

export interface ListedFile extends BundledFile {
  id: string;
  dist: string;
  uploaded: number;
}

/** Bytes of one piece. */
export const MOST_CHUNK_BYTES = 2 * 1024 * 1024;
export const MOST_BUNDLE_BYTES = 256 * 1024 * 1024;
