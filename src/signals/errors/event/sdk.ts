import type { ErrorEvent, Json } from '../../../core/error-event.ts';
import { isRecord, lineOf } from './shapes.ts';
import { trimRecord } from './trim.ts';

const MOST_NAME = 128;
const MOST_LIST = 100;
const MOST_IMAGES = 1000;
const MOST_IMAGE = 2048;

type Sdk = NonNullable<ErrorEvent['sdk']>;

/** Which client sent it: as an object, or as a text like `raven-js/3.2`. */
export function readSdk(said: unknown): Sdk | undefined {
  if (typeof said === 'string') {
    const slash = said.indexOf('/');
    return slash < 0 ? readSdk({ name: said }) : readSdk({ name: said.slice(0, slash), version: said.slice(slash + 1) });
  }
  if (!isRecord(said)) return undefined;
  const name = lineOf(said.name, MOST_NAME);
  if (name === undefined) return undefined;
  const sdk: Sdk = { name, version: lineOf(said.version, MOST_NAME) ?? '' };
  const integrations = listed(said.integrations).map((one) => lineOf(one, MOST_NAME));
  const known = integrations.filter((one) => one !== undefined);
  if (known.length > 0) sdk.integrations = known;
  const packages = listed(said.packages)
    .filter(isRecord)
    .map((one) => ({ name: lineOf(one.name, MOST_NAME) ?? '', version: lineOf(one.version, MOST_NAME) ?? '' }))
    .filter((one) => one.name !== '');
  if (packages.length > 0) sdk.packages = packages;
  return sdk;
}

/** The files that code came from, by the ids under which their source maps or symbols are found. */
export function readDebugMeta(said: unknown): ErrorEvent['debug_meta'] {
  if (!isRecord(said) || !Array.isArray(said.images)) return undefined;
  const images: Record<string, Json>[] = said.images
    .slice(0, MOST_IMAGES)
    .filter(isRecord)
    .map((image) => trimRecord(image, MOST_IMAGE).value);
  return images.length === 0 ? undefined : { images };
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, MOST_LIST) : []);
