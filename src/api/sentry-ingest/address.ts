/** What stands behind `/api/` of the addresses that clients know. */
const KNOWN =
  /^(?:\d{1,10}\/(?:envelope|store|security|csp-report|nel|minidump|events\/[^/]{1,64}\/attachments|cron\/[^/]{1,256}(?:\/[^/]{1,64})?)|store|tunnel|embed\/error-page|0\/projects\/[^/]{1,100}\/[^/]{1,100}\/user-feedback)$/;

/**
 * The address of a request as our routes have it: of those that clients post to, what a DSN with a path puts before it (`/mon/errors`)
 * and the slash at the end go. All others stay as they are.
 */
export function plainIngestAddress(url: string): string {
  const question = url.indexOf('?');
  const path = question < 0 ? url : url.slice(0, question);
  const at = path.lastIndexOf('/api/');
  if (at < 0) return url;
  const rest = path.slice(at + 5, path.endsWith('/') ? -1 : undefined);
  return KNOWN.test(rest) ? `/api/${rest}${question < 0 ? '' : url.slice(question)}` : url;
}
