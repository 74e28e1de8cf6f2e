import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type S3StandIn = {
  url: string;
  files: Map<string, Buffer>;
  /** What was refused, and why. */
  refused: string[];
  requests: string[];
  close(): void;
};

/** A bucket on loopback that checks Signature Version 4 by itself, from the standard's own text, and keeps files in memory. */
export async function startS3StandIn(keys: { id: string; secret: string; region: string }): Promise<S3StandIn> {
  const files = new Map<string, Buffer>();
  const uploads = new Map<string, Map<number, Buffer>>();
  const refused: string[] = [];
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks);
    const url = new URL(request.url ?? '/', 'http://localhost');
    requests.push(`${request.method} ${url.pathname}${url.search}`);
    const problem = checkSignature(request, url, body, keys);
    if (problem) {
      refused.push(problem);
      response.writeHead(403).end(`<Error><Code>SignatureDoesNotMatch</Code></Error>`);
      return;
    }
    answer(request, response, url, body);
  });
  const answer = (request: IncomingMessage, response: ServerResponse, url: URL, body: Buffer) => {
    const name = url.pathname;
    const upload = url.searchParams.get('uploadId');
    const parts = upload === null ? undefined : uploads.get(upload);
    if (request.method === 'POST' && url.searchParams.has('uploads')) {
      uploads.set(`up load/${uploads.size}`, new Map());
      response.end(`<Result><UploadId>up load/${uploads.size - 1}</UploadId></Result>`);
    } else if (request.method === 'PUT' && parts) {
      parts.set(Number(url.searchParams.get('partNumber')), body);
      response.writeHead(200, { etag: `"${body.length}"` }).end();
    } else if (request.method === 'POST' && parts) {
      const named = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>"(\d+)"<\/ETag>/g)];
      files.set(name, Buffer.concat(named.map(([, number]) => parts.get(Number(number)) ?? Buffer.alloc(0))));
      response.end('<CompleteMultipartUploadResult/>');
    } else if (request.method === 'PUT') {
      files.set(name, body);
      response.writeHead(200, { etag: '"whole"' }).end();
    } else if (request.method === 'DELETE') {
      files.delete(name);
      response.writeHead(204).end();
    } else {
      const file = files.get(name);
      if (!file) response.writeHead(404).end();
      else {
        const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
        const bytes = from === undefined ? file : file.subarray(Number(from), Number(to) + 1);
        response.writeHead(from === undefined ? 200 : 206, { 'content-length': bytes.length });
        response.end(request.method === 'HEAD' ? undefined : bytes);
      }
    }
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/bucket`, files, refused, requests, close: () => void server.close() };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function checkSignature(
  request: IncomingMessage,
  url: URL,
  body: Buffer,
  keys: { id: string; secret: string; region: string },
): string | null {
  const header = request.headers.authorization ?? '';
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      header,
    );
  if (!found) return 'no signature';
  const [, id = '', day = '', region = '', signed = '', signature = ''] = found;
  if (id !== keys.id || region !== keys.region) return 'another key or region';
  const date = String(request.headers['x-amz-date'] ?? '');
  if (Math.abs(Date.now() - dateOf(date)) > 15 * 60_000) return 'too old';
  if (!signed.split(';').includes('host') || !signed.split(';').includes('x-amz-date')) return 'too little is signed';
  const bodyHash = String(request.headers['x-amz-content-sha256'] ?? '');
  const hash = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
  if (bodyHash !== 'UNSIGNED-PAYLOAD' && bodyHash !== hash(body)) return 'another body';
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const headers = signed
    .split(';')
    .map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`)
    .join('');
  const canonical = [request.method, url.pathname, query, headers, signed, bodyHash].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', date, scope, hash(canonical)].join('\n');
  const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
  const key = hmac(hmac(hmac(hmac(`AWS4${keys.secret}`, day), region), 's3'), 'aws4_request');
  return hmac(key, text).toString('hex') === signature ? null : 'the signature does not fit';
}

function dateOf(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
