const COMMON = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const;

/** Screens: own scripts and styles only, nothing inline; data: and blob: images are charts that people save. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Everything else is data: opened as a page (an SVG, an error) it may load and run nothing. */
const DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** Security headers of an answer, by whether it is one of the screens' own files. */
export function securityHeaders(page: boolean): Record<string, string> {
  return { ...COMMON, 'content-security-policy': page ? PAGE_POLICY : DATA_POLICY };
}
