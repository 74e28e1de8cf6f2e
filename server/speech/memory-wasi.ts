const success = 0;
const badFile = 8;
const noSuchFile = 44;
const cannotSeek = 70;
const outFolder = '/out';
const folderFd = 3;

class Exit extends Error {}

/** A file that is being written: `bytes` up to `length`. */
type MemoryFile = { bytes: Uint8Array; length: number };
type OpenFile = { file: MemoryFile; at: number };

/**
 * Runs a WASI program (preview 1) whose world is memory: arguments, standard output, and files in `/out`. Node's own WASI
 * opens its folders anew for every run and never closes them, a file handle a sentence. Throws what the program traps with.
 */
export async function runInMemory(
  module: WebAssembly.Module,
  args: readonly string[],
): Promise<{ stdout: string; file(name: string): Uint8Array | null }> {
  const files = new Map<string, MemoryFile>();
  const open = new Map<number, OpenFile>([[1, { file: emptyFile(), at: 0 }]]);
  const output = open.get(1)?.file ?? emptyFile();
  const encoded = args.map((arg) => new TextEncoder().encode(`${arg}\0`));
  let memory = new WebAssembly.Memory({ initial: 0 });
  let nextFd = folderFd + 1;
  const view = (): DataView => new DataView(memory.buffer);
  const slice = (at: number, length: number): Uint8Array => new Uint8Array(memory.buffer, at, length);
  const pieces = (iovs: number, count: number): Uint8Array[] =>
    Array.from({ length: count }, (_, i) =>
      slice(view().getUint32(iovs + i * 8, true), view().getUint32(iovs + i * 8 + 4, true)),
    );

  const wasi_snapshot_preview1 = {
    args_sizes_get(count: number, bytes: number): number {
      view().setUint32(count, encoded.length, true);
      view().setUint32(
        bytes,
        encoded.reduce((sum, arg) => sum + arg.length, 0),
        true,
      );
      return success;
    },
    args_get(pointers: number, buffer: number): number {
      let at = buffer;
      for (const [i, arg] of encoded.entries()) {
        view().setUint32(pointers + i * 4, at, true);
        slice(at, arg.length).set(arg);
        at += arg.length;
      }
      return success;
    },
    clock_time_get(_clock: number, _precision: bigint, out: number): number {
      view().setBigUint64(out, BigInt(Date.now()) * 1_000_000n, true);
      return success;
    },
    fd_close(fd: number): number {
      if (fd > folderFd) open.delete(fd);
      return success;
    },
    fd_fdstat_get(fd: number, out: number): number {
      const fileType = fd < folderFd ? 2 : fd === folderFd ? 3 : 4;
      slice(out, 24).fill(0);
      view().setUint8(out, fileType);
      // Every right there is.
      view().setBigUint64(out + 8, 0x1fff_ffffn, true);
      view().setBigUint64(out + 16, 0x1fff_ffffn, true);
      return fd <= folderFd || open.has(fd) ? success : badFile;
    },
    fd_fdstat_set_flags: (): number => success,
    fd_prestat_get(fd: number, out: number): number {
      if (fd !== folderFd) return badFile;
      view().setUint32(out, 0, true);
      view().setUint32(out + 4, outFolder.length, true);
      return success;
    },
    fd_prestat_dir_name(fd: number, name: number, length: number): number {
      if (fd !== folderFd) return badFile;
      slice(name, length).set(new TextEncoder().encode(outFolder).subarray(0, length));
      return success;
    },
    fd_read(fd: number, iovs: number, count: number, out: number): number {
      const reading = open.get(fd);
      let total = 0;
      for (const piece of reading ? pieces(iovs, count) : []) {
        if (!reading) break;
        const bytes = reading.file.bytes.subarray(reading.at, Math.min(reading.file.length, reading.at + piece.length));
        piece.set(bytes);
        reading.at += bytes.length;
        total += bytes.length;
      }
      view().setUint32(out, total, true);
      return success;
    },
    fd_seek(fd: number, offset: bigint, whence: number, out: number): number {
      const seeking = open.get(fd);
      if (!seeking || fd < folderFd) return cannotSeek;
      const from = whence === 0 ? 0 : whence === 1 ? seeking.at : seeking.file.length;
      seeking.at = Math.max(0, from + Number(offset));
      view().setBigUint64(out, BigInt(seeking.at), true);
      return success;
    },
    fd_write(fd: number, iovs: number, count: number, out: number): number {
      const writing = open.get(fd) ?? { file: emptyFile(), at: 0 };
      const written = pieces(iovs, count).reduce((sum, piece) => sum + write(writing, piece), 0);
      view().setUint32(out, written, true);
      return success;
    },
    path_open(
      _folder: number,
      _lookup: number,
      path: number,
      pathLength: number,
      flags: number,
      _rights: bigint,
      _inherited: bigint,
      _fdFlags: number,
      out: number,
    ): number {
      const name = new TextDecoder().decode(slice(path, pathLength));
      const isNew = (flags & 1) !== 0;
      const isEmptied = (flags & 8) !== 0;
      const known = files.get(name);
      if (!known && !isNew) return noSuchFile;
      const file = known && !isEmptied ? known : emptyFile();
      files.set(name, file);
      open.set(nextFd, { file, at: 0 });
      view().setUint32(out, nextFd, true);
      nextFd += 1;
      return success;
    },
    proc_exit(code: number): never {
      throw new Exit(`The program ended with ${code}.`);
    },
  };

  const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1 });
  const { memory: own, _start: start } = instance.exports;
  if (!(own instanceof WebAssembly.Memory) || typeof start !== 'function') throw new Error('This is no WASI program.');
  memory = own;
  try {
    start();
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
  }
  return {
    stdout: new TextDecoder('latin1').decode(output.bytes.subarray(0, output.length)),
    file: (name) => {
      const file = files.get(name);
      return file ? file.bytes.slice(0, file.length) : null;
    },
  };
}

function emptyFile(): MemoryFile {
  return { bytes: new Uint8Array(65_536), length: 0 };
}

function write(to: OpenFile, piece: Uint8Array): number {
  const { file } = to;
  const end = to.at + piece.length;
  if (end > file.bytes.length) {
    const larger = new Uint8Array(Math.max(end, file.bytes.length * 2));
    larger.set(file.bytes.subarray(0, file.length));
    file.bytes = larger;
  }
  file.bytes.set(piece, to.at);
  file.length = Math.max(file.length, end);
  to.at = end;
  return piece.length;
}
