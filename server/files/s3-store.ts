import { createReadStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
import { AppError } from '#src/lib/app-error.ts';
import { checkedKey, type FileStore, fileGone, type S3Settings } from '#src/server/files/stored-files.ts';

const partBytes = 16 * 1024 * 1024;
const answerMs = 60_000;

/**
 * Files in a bucket that speaks S3 (Signature Version 4, path style). Large ones go up in parts
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html). Throws AppError `files-away`.
 */
export function s3Store(settings: S3Settings): FileStore {
  const { accessKeyId, secretAccessKey, region } = settings;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 });
  const urlOf = (key: string) => `${settings.url.replace(/\/$/, '')}/${checkedKey(key)}`;

  const ask = async (method: string, url: string, options: { body?: Uint8Array; range?: string } = {}) => {
    try {
      return await client.fetch(url, {
        method,
        signal: AbortSignal.timeout(answerMs),
        headers: options.range ? { range: options.range } : {},
        ...(options.body ? { body: new Uint8Array(options.body) } : {}),
      });
    } catch (cause) {
      throw away('does not answer', cause);
    }
  };
  const sent = async (method: string, url: string, body?: Uint8Array) => {
    const response = await ask(method, url, body ? { body } : {});
    if (!response.ok) throw away(`answered with status ${response.status}`);
    return response;
  };

  const takeInParts = async (url: string, file: string, size: number) => {
    const started = await (await sent('POST', `${url}?uploads=`)).text();
    const id = /<UploadId>([^<]+)<\/UploadId>/.exec(started)?.[1];
    if (!id) throw away('did not begin an upload');
    const upload = `uploadId=${encodeURIComponent(id)}`;
    try {
      const etags: string[] = [];
      for (let from = 0; from < size; from += partBytes) {
        const part = await bytesOf(file, from, Math.min(size, from + partBytes) - 1);
        const answer = await sent('PUT', `${url}?partNumber=${etags.length + 1}&${upload}`, part);
        await answer.body?.cancel();
        etags.push(answer.headers.get('etag') ?? '');
      }
      const parts = etags.map((etag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${etag}</ETag></Part>`);
      const whole = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
      const done = await (await sent('POST', `${url}?${upload}`, new TextEncoder().encode(whole))).text();
      // A failure to put the parts together comes with status 200.
      if (done.includes('<Error>')) throw away('could not put the parts together');
    } catch (error) {
      await ask('DELETE', `${url}?${upload}`).catch(() => {});
      throw error;
    }
  };

  return {
    async take(key, file) {
      const { size } = await stat(file);
      if (size > partBytes) await takeInParts(urlOf(key), file, size);
      else await (await sent('PUT', urlOf(key), await readFile(file))).body?.cancel();
      await rm(file, { force: true });
    },
    async size(key) {
      const response = await ask('HEAD', urlOf(key));
      if (response.status === 404) return null;
      if (!response.ok) throw away(`answered with status ${response.status}`);
      return Number(response.headers.get('content-length') ?? 0);
    },
    async read(key, range) {
      const response = await ask('GET', urlOf(key), range ? { range: `bytes=${range.from}-${range.to}` } : {});
      if (response.status === 404) throw fileGone();
      if (!response.ok || !response.body) throw away(`answered with status ${response.status}`);
      return response.body;
    },
    async remove(key) {
      const response = await ask('DELETE', urlOf(key));
      if (!response.ok && response.status !== 404) throw away(`answered with status ${response.status}`);
    },
  };
}

async function bytesOf(file: string, start: number, end: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of Readable.from(createReadStream(file, { start, end })))
    if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function away(what: string, cause?: unknown): AppError {
  return new AppError('files-away', `The file store ${what}.`, {
    status: 503,
    retryable: true,
    hint: 'Check PATCHBAY_FILES_URL, its keys and whether the bucket is there.',
    cause,
  });
}
