import type { Readable } from 'node:stream';

/**
 * Where files that came with events live: logs, screenshots, minidumps. The embedded engine keeps their bytes as files and their names in
 * SQLite; a distributed one will keep them in object storage. `contract.suite.ts` runs against every implementation. Times are milliseconds
 * since 1970.
 */
export interface AttachmentsStore extends AsyncDisposable {
  /**
   * Resolves when all are on disk. One that its event has already is not kept twice; one too many for its event is left and counted; the
   * oldest go where a project, or all of them, have too much.
   * @returns how many are there now
   * @throws HeedError `cannot_write` (503)
   */
  add(attachments: readonly NewAttachment[]): Promise<number>;
  /** In the order in which they came. */
  ofEvent(project: number, event: string): Promise<Attachment[]>;
  hasAny(project: number): Promise<boolean>;
  find(project: number, event: string, id: number): Promise<Attachment | undefined>;
  /** Its bytes; undefined where they are gone or not as long as they were. */
  open(attachment: Attachment): Promise<Readable | undefined>;
  /** @returns whether it was there */
  remove(project: number, event: string, id: number): Promise<boolean>;
  removeEvents(project: number, events: readonly string[]): Promise<void>;
  removeProject(project: number): Promise<void>;
  /** Forgets those that came before a time. @returns how many */
  prune(before: number): Promise<number>;
  /** Damage met since the start. */
  readonly damage: { file: string; what: string; time: number }[];
}

export interface NewAttachment {
  project: number;
  /** 32 hex digits; the event itself may come later, or never. */
  event: string;
  /** For people; never a path. */
  name: string;
  contentType: string;
  /** `event.attachment`, `event.minidump`, `event.view_hierarchy` … */
  kind: string;
  /** The type of an image that may be shown, by its bytes; empty for all else. */
  image: string;
  /** 64 hex digits. */
  sha256: string;
  time: number;
  content: Uint8Array;
}

export interface Attachment extends Omit<NewAttachment, 'content'> {
  id: number;
  /** Bytes. */
  size: number;
}

export const MOST_ATTACHMENT_BYTES = 20_000_000;
export const MOST_OF_EVENT = { count: 20, bytes: 100_000_000 };
