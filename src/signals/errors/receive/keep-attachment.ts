import { createHash } from 'node:crypto';
import { imageType } from '../items/image-type.ts';
import type { Attachment } from '../items/attachment.ts';
import { type Digesting, withinLimits } from './digesting.ts';

/** Makes a file ready to be kept with its event. What belongs to no event is left. */
export function keepAttachment(state: Digesting, event: string | undefined, { filename, contentType, kind, payload }: Attachment): void {
  const { request, result, project, allowance } = state;
  if (event === undefined) {
    result.withoutEvent++;
    result.taken++;
    return;
  }
  if (withinLimits(state, 'attachment', 1) === 0) return;
  // Memory of its own, which goes to the main thread without being copied again.
  const content = new Uint8Array(payload);
  result.attachments.push({
    project: project.id,
    event,
    name: filename,
    contentType,
    kind,
    image: imageType(payload),
    sha256: createHash('sha256').update(payload).digest('hex'),
    time: request.received,
    content,
  });
  result.taken++;
  allowance.usedOnDisk(project.id, content.length, request.received);
}
