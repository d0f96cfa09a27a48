export type Family = 'javascript' | 'native' | 'other';

const NATIVE = new Set(['objc', 'cocoa', 'swift', 'native', 'c']);

/** What rules call `family`: platforms whose stack traces have the same ways. */
export function familyOf(platform: string): Family {
  if (platform === 'javascript' || platform === 'node') return 'javascript';
  return NATIVE.has(platform) ? 'native' : 'other';
}

/** Whether a path is the address of something fetched; the letters before the colon are compared as they are written. */
export function isUrl(path: string | undefined, filesToo: boolean): boolean {
  if (!path) return false;
  return /^(?:https?|applewebdata|blob):/.test(path) || (filesToo && path.startsWith('file:'));
}
