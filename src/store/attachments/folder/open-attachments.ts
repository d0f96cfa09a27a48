import { join } from 'node:path';
import type { AttachmentsStore } from '../attachments-store.ts';
import { FolderAttachments } from './folder-attachments.ts';

/** The attachments in the data folder `folder`; nothing is made before the first of them. */
export const openAttachments = (folder: string, counters: SharedArrayBuffer): AttachmentsStore => new FolderAttachments(join(folder, 'attachments'), counters);
