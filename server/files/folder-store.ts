import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { checkedKey, type FileStore, fileGone } from '#src/server/files/stored-files.ts';

/** Files in a folder of this machine. */
export function folderStore(folder: string): FileStore {
  const nameOf = (key: string) => path.join(folder, checkedKey(key));
  return {
    async take(key, file) {
      const name = nameOf(key);
      if (path.resolve(file) === path.resolve(name)) return;
      await mkdir(path.dirname(name), { recursive: true, mode: 0o700 });
      await rename(file, name).catch(async (error: unknown) => {
        if (!hasCode(error, 'EXDEV')) throw error;
        await copyFile(file, name);
        await rm(file, { force: true });
      });
    },
    async size(key) {
      try {
        const found = await stat(nameOf(key));
        return found.size;
      } catch (error) {
        if (hasCode(error, 'ENOENT')) return null;
        throw error;
      }
    },
    async read(key, range) {
      try {
        const file = await open(nameOf(key), 'r');
        const options = range ? { start: range.from, end: range.to } : {};
        return webStream(createReadStream('', { fd: file, ...options }));
      } catch (error) {
        if (hasCode(error, 'ENOENT')) throw fileGone();
        throw error;
      }
    },
    async remove(key) {
      await rm(nameOf(key), { force: true });
    },
  };
}

function webStream(stream: Readable): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<unknown> = stream[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(out) {
      const next = await chunks.next();
      if (next.done) out.close();
      else if (next.value instanceof Uint8Array) out.enqueue(next.value);
    },
    cancel() {
      stream.destroy();
    },
  });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
