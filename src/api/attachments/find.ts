import { HeedError } from '../../core/errors.ts';
import type { Attachment, AttachmentsStore } from '../../store/attachments/attachments-store.ts';

/** 32 hex digits, which people may write with dashes. @throws HeedError `bad_parameter` */
export function eventIdOf(text: string): string {
  const id = text.replaceAll('-', '').toLowerCase();
  if (/^[0-9a-f]{32}$/.test(id)) return id;
  throw new HeedError('bad_parameter', 'Invalid event_id: 32 hex digits are needed');
}

/** @throws HeedError `not_found` */
export async function attachmentOf(store: AttachmentsStore, project: string, event: string, id: string): Promise<Attachment> {
  const found = /^\d{1,15}$/.test(id) ? await store.find(Number(project), eventIdOf(event), Number(id)) : undefined;
  if (found) return found;
  throw new HeedError('not_found', `cannot answer: the event has no attachment ${id.slice(0, 40)}, or it is no longer kept`, { status: 404 });
}
