/** How bundlers name sources: `webpack://shop/./src/pay.ts`, `vite:///src/pay.ts`, `../../src/pay.ts?a1b2`. */
const SCHEME = /^(?:webpack(?:-internal)?|vite|rollup|turbopack|ng|parcel|esbuild):\/\/(?:\/|[^/]*\/)?/i;
const RUNTIME = /(?:^|\/)(?:webpack\/(?:bootstrap|runtime)|\(webpack\)|vite\/(?:preload-helper|modulepreload)|\0?commonjsHelpers)/;

/** A source as people know it: its file, its module, and whether it is of the application; undefined where the name does not tell. */
export function sourceName(source: string): { filename: string; module: string; inApp: false | undefined } {
  const isBundlers = SCHEME.test(source);
  const bare = source.replace(SCHEME, '');
  const filename = isBundlers ? bare.replace(/\?[0-9a-f]*$/i, '') : bare.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
  const module = filename
    .replace(/^(?:\.{0,2}\/)+/, '')
    .replace(/\.[cm]?[jt]sx?$/i, '')
    .replace(/\/index$/, '');
  const foreign = /(?:^|\/|~)node_modules\//.test(filename) || filename.startsWith('~/') || RUNTIME.test(source);
  return { filename: filename.slice(0, 500), module: module.slice(0, 500), inApp: foreign ? false : undefined };
}
