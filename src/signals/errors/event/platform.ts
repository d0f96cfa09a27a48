const PLATFORMS = new Set(
  (
    'as3 c cfml cocoa csharp clojure dart elixir erlang go groovy haskell java javascript kotlin lua native nim node objc ocaml other perl php powershell ' +
    'python r ruby rust scala swift'
  ).split(' '),
);

/** A platform by Sentry's name; what is not known is `other`. */
export function readPlatform(value: unknown): string {
  const name = typeof value === 'string' ? value.toLowerCase() : '';
  return PLATFORMS.has(name) ? name : 'other';
}
