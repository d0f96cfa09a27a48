import { allocateCounters } from '../../../core/counters.ts';
import { attached } from '../contract.suite.ts';
import { FolderAttachments } from './folder-attachments.ts';

// Keeps attachments and tells of each that was written, until it is killed.
const [folder, first] = process.argv.slice(2);
const store = new FolderAttachments(folder, allocateCounters());
for (let number = Number(first); ; number++) {
  await store.add([attached(`content ${number}`, { event: number.toString(16).padStart(32, '0') })]);
  await new Promise((resolve) => process.send?.(number, resolve));
}
