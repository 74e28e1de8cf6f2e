import { config } from '#src/server/config.ts';
import { folderStore } from '#src/server/files/folder-store.ts';
import { s3Store } from '#src/server/files/s3-store.ts';

/** Bytes `from` to `to`, both included, as HTTP counts them. */
export type ByteRange = { from: number; to: number };

/** Where recordings are kept. Keys look like `team/call.wav`. */
export type FileStore = {
  /** Takes a local file in; it may be gone afterwards. */
  take(key: string, file: string): Promise<void>;
  /** How many bytes are there, or null when there is no such file. */
  size(key: string): Promise<number | null>;
  /** The bytes, or those of a range. Throws AppError `file-gone`. */
  read(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>>;
  /** Deletes a file; one that is not there is deleted already. */
  remove(key: string): Promise<void>;
};

/** The file store that the settings name: a folder, or a bucket that speaks S3. */
export function fileStore(): FileStore {
  const { files } = config();
  return files.kind === 'folder' ? folderStore(files.folder) : s3Store(files);
}
