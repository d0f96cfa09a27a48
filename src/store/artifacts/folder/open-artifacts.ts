import { join } from 'node:path';
import type { ArtifactsStore } from '../artifacts-store.ts';
import { FolderArtifacts } from './folder-artifacts.ts';

/** What builds uploaded, in the data folder `folder`; nothing is made or read before the first upload or question. */
export const openArtifacts = (folder: string): ArtifactsStore => new FolderArtifacts(join(folder, 'artifacts'));
