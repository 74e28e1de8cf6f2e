import { config } from '#src/server/config.ts';
import { folderStore } from '#src/server/files/folder-store.ts';
import { s3Store } from '#src/server/files/s3-store.ts';
import type { FileStore } from '#src/server/files/stored-files.ts';

/** The file store that the settings name: a folder, or a bucket that speaks S3. */
export function fileStore(): FileStore {
  const { files } = config();
  return files.kind === 'folder' ? folderStore(files.folder) : s3Store(files);
}
