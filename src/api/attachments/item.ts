import type { Attachment } from '../../store/attachments/attachments-store.ts';
import type { AttachmentItem } from '../contract-errors.ts';

const TEXTS = /^(?:text\/(?!html\b)|application\/(?:json|x-ndjson|xml|yaml|toml)\b)/;
const TEXT_NAMES = /\.(?:log|txt|json|md|csv|ya?ml|toml|ini|conf)$/i;

export function attachmentItem(attachment: Attachment): AttachmentItem {
  const { id, name, contentType, kind, size, time } = attachment;
  return { id, name, contentType, kind, bytes: size, time, preview: previewOf(attachment) };
}

function previewOf({ image, kind, name, contentType }: Attachment): AttachmentItem['preview'] {
  if (image !== '') return 'image';
  if (kind === 'event.minidump') return '';
  return TEXTS.test(contentType) || TEXT_NAMES.test(name) || kind === 'event.view_hierarchy' ? 'text' : '';
}
