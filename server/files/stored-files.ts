import { AppError } from '#src/lib/app-error.ts';

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

export type S3Settings = {
  /** Address of the bucket, and of the folder in it, such as https://s3.eu-central-1.amazonaws.com/bucket/folder. */
  url: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
};

/** The same error for every kind of store. */
export function fileGone(): AppError {
  return new AppError('file-gone', 'The recording is not in the file store any more.', {
    status: 404,
    hint: 'Someone may have deleted it by hand; the transcript is still there.',
  });
}

/** Keys are made by us, but a folder must not be left whatever they are. */
export function checkedKey(key: string): string {
  if (!/^[\w-]+(\/[\w-]+)*\.\w+$/.test(key)) throw new AppError('bad-key', 'This is not the name of a stored file.');
  return key;
}
