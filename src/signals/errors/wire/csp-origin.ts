/** Schemes of extensions, and of what browsers and phones' programs put into pages. */
const FOREIGN = new Set(
  (
    'chrome chrome-extension chrome-error chromeinvoke chromenull edge extension moz-extension ms-browser-extension safari-extension safari-web-extension ' +
    'resource jar mx mxaddon-pkg webviewprogressproxy mbinit symres res tmtbff gsa ms-appx ms-appx-web android-webview-video-poster'
  ).split(' '),
);
/** What browsers write instead of an address, some in quotes, some with `data` for `data:`. */
const WORDS = new Set(['self', 'inline', 'eval', 'wasm-eval', 'data', 'blob', 'filesystem', 'mediastream', 'trusted-types-policy', 'trusted-types-sink']);

const SCHEME = /^([a-z][a-z0-9+.-]{0,40}):/;

/** True for an address that belongs to an extension or to the browser. */
export function isExtension(uri: unknown): boolean {
  if (typeof uri !== 'string') return false;
  const text = uri.slice(0, 64).trim().toLowerCase();
  return FOREIGN.has(SCHEME.exec(text)?.[1] ?? text);
}

/** Where what was blocked came from: `self`, `inline`, `eval`, `data`, `blob`, or a host with its port. */
export function blockedOrigin(blocked: unknown, page: unknown): string {
  const text = typeof blocked === 'string' ? blocked.trim().slice(0, 2048) : '';
  const word = text.toLowerCase().replace(/^'([a-z-]{1,40})'$/, '$1');
  if (word === '' || word === 'about:blank' || word === 'about') return 'self';
  if (WORDS.has(word)) return word;
  const scheme = SCHEME.exec(word)?.[1];
  if (scheme === 'data' || scheme === 'blob' || scheme === 'filesystem') return scheme;
  const host = hostOf(text);
  return host === hostOf(page) ? 'self' : host;
}

/** Addresses without a scheme are hosts already. */
function hostOf(uri: unknown): string {
  const text = typeof uri === 'string' ? uri.slice(0, 2048) : '';
  const url = URL.parse(text);
  return url !== null && url.host !== '' ? url.host : text.split(/[/?#]/, 1)[0].slice(0, 255).toLowerCase();
}
