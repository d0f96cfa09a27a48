import { lineOf, type Raw } from '../event/shapes.ts';

/** A file that came with an event. */
export interface Attachment {
  /** Without folders; shown and offered for download, never used as a path. */
  filename: string;
  contentType: string;
  /** `event.attachment`, `event.minidump`, `event.view_hierarchy` … */
  kind: string;
  payload: Uint8Array;
}

const MOST_FILENAME = 255;
const MOST_WORD = 128;
const OTHER = 'application/octet-stream';

export function readAttachment(header: Raw, payload: Uint8Array): Attachment {
  const type = lineOf(header.content_type, MOST_WORD)?.toLowerCase() ?? OTHER;
  return {
    filename: filenameOf(header.filename),
    contentType: /^[\w.+-]{1,64}\/[\w.+-]{1,64}(?:;[ -~]*)?$/.test(type) ? type : OTHER,
    kind: lineOf(header.attachment_type, MOST_WORD) ?? 'event.attachment',
    payload,
  };
}

function filenameOf(said: unknown): string {
  const path = lineOf(said, 4096) ?? '';
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replace(/[\p{Cc}\p{Cf}"]/gu, '');
  return /^\.{0,2}$/.test(name.trim()) ? 'unnamed' : (lineOf(name, MOST_FILENAME) ?? 'unnamed');
}
