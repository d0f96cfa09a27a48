import { HeedError } from '../../../core/errors.ts';

const MOST_PARTS = 100;
const MOST_HEAD = 4096;
const MOST_FIELD = 1_048_576;

/** The parts of a form. */
export interface Form {
  /** Texts by name; of one name the last counts. */
  fields: Map<string, Uint8Array>;
  /** What is a file, or too large to be a text. */
  files: { name: string; filename: string; content: Uint8Array }[];
}

/**
 * Reads multipart/form-data (RFC 7578) without copying its files.
 * @throws HeedError `bad_form`
 */
export function readForm(body: Uint8Array, contentType: string): Form {
  const boundary = boundaryOf(contentType);
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const form: Form = { fields: new Map(), files: [] };
  let at = bytes.indexOf(mark);
  if (at < 0) throw badForm('its boundary is not in it');
  for (let parts = 0; parts < MOST_PARTS; parts++) {
    const start = at + mark.length;
    if (bytes[start] === 0x2d && bytes[start + 1] === 0x2d) return form;
    const headEnd = bytes.subarray(start, start + MOST_HEAD).indexOf('\r\n\r\n');
    const next = bytes.indexOf(`\r\n--${boundary}`, start, 'latin1');
    if (headEnd < 0 || next < start + headEnd) throw badForm('a part has no end, or no head');
    const head = bytes.toString('utf8', start, start + headEnd);
    const content = bytes.subarray(Math.min(next, start + headEnd + 4), next);
    const name = /;\s{0,8}name="?([^";\r\n]{1,200})/i.exec(head)?.[1];
    const filename = /;\s{0,8}filename\*?="?([^";\r\n]{0,200})/i.exec(head)?.[1];
    if (name !== undefined && (filename !== undefined || content.length > MOST_FIELD)) form.files.push({ name, filename: filename ?? '', content });
    else if (name !== undefined) form.fields.set(name, content);
    at = next + 2;
  }
  throw badForm(`it has more than ${MOST_PARTS} parts`);
}

function boundaryOf(contentType: string): string {
  const found = /^multipart\/form-data\b.*;\s{0,8}boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType.slice(0, 500));
  if (found === null) throw badForm('its Content-Type must be multipart/form-data with a boundary');
  return found[1] ?? found[2];
}

const badForm = (why: string): HeedError => new HeedError('bad_form', `cannot read the form: ${why}`);
