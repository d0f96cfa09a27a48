/** Where a page ended: what it is ordered by, and an id for equals. */
export interface Place {
  key: number;
  id: number;
}

/** A place as an opaque text that says which order it is of. */
export function cursorOf(order: string, { key, id }: Place): string {
  return Buffer.from(JSON.stringify([order, key, id])).toString('base64url');
}

/** The place again; undefined for anything that is no cursor of this order, which begins at the first page. */
export function placeOf(order: string, cursor: string | undefined): Place | undefined {
  if (cursor === undefined || cursor.length > 200) return undefined;
  try {
    const [of, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    return of === order && typeof key === 'number' && Number.isSafeInteger(id) ? { key, id: id as number } : undefined;
  } catch {
    return undefined;
  }
}
