import { networkInterfaces } from 'node:os';
import { afterAll, expect, test } from 'vitest';
import { mcpServerInputSchema } from '#src/lib/mcp/mcp-server.ts';
import type { Address, GuardRules } from '#src/server/mcp/address-guard.ts';
import { createGuardedFetch } from '#src/server/mcp/guarded-fetch.ts';
import { keyedFetch } from '#src/server/mcp/keyed-fetch.ts';
import { type Listening, listenOn } from '#src/server/mcp/testing/listen.ts';

const open: Listening[] = [];
const listen = async (handler: Parameters<typeof listenOn>[0]) => {
  const listening = await listenOn(handler);
  open.push(listening);
  return listening.origin;
};
afterAll(() => Promise.all(open.map((listening) => listening.close())));

const outside: GuardRules = { allowLoopback: false, allowPrivate: [], ownPorts: [] };
const inside: GuardRules = { allowLoopback: true, allowPrivate: [], ownPorts: [] };
const limits = { maxBytes: 1_000_000, connectTimeoutMs: 500 };
const address = (text: string): Address => ({ address: text, family: text.includes(':') ? 6 : 4 });
/** Names that only exist here; each further look-up answers with the next. */
const names = (table: Record<string, string[][]>) => {
  const asked: Record<string, number> = {};
  return async (host: string): Promise<Address[]> => {
    const answers = table[host] ?? [];
    const turn = asked[host] ?? 0;
    asked[host] = turn + 1;
    return (answers[Math.min(turn, answers.length - 1)] ?? []).map(address);
  };
};

test.for([
  ['loopback', 'https://127.0.0.1/'],
  ['another loopback', 'https://127.9.9.9/'],
  ['short', 'https://127.1/'],
  ['decimal', 'https://2130706433/'],
  ['octal', 'https://0177.0.0.1/'],
  ['hexadecimal', 'https://0x7f.0.0.1/'],
  ['hexadecimal whole', 'https://0x7f000001/'],
  ['mixed', 'https://0x7f.1/'],
  ['full-width digits', 'https://１２７.０.０.１/'],
  ['a dot behind', 'https://127.0.0.1./'],
  ['nowhere', 'https://0.0.0.0/'],
  ['IPv6 loopback', 'https://[::1]/'],
  ['IPv6 nowhere', 'https://[::]/'],
  ['IPv6-mapped', 'https://[::ffff:127.0.0.1]/'],
  ['IPv6-mapped in hexadecimal', 'https://[::ffff:7f00:1]/'],
  ['IPv4-compatible', 'https://[::127.0.0.1]/'],
  ['translated', 'https://[64:ff9b::10.0.0.1]/'],
  ['translated at home', 'https://[64:ff9b:1::10.0.0.1]/'],
  ['6to4', 'https://[2002:a00:1::]/'],
  ['Teredo', 'https://[2001:0:a00:1::]/'],
  ['site-local', 'https://[fec0::1]/'],
  ['link-local', 'https://[fe80::1]/'],
  ['unique local', 'https://[fd00::1]/'],
  ['private ten', 'https://10.0.0.1/'],
  ['private 172', 'https://172.16.0.1/'],
  ['private 192', 'https://192.168.1.1/'],
  ['the cloud', 'https://169.254.169.254/latest/meta-data/'],
  ['carrier', 'https://100.64.0.1/'],
  ['multicast', 'https://224.0.0.1/'],
  ['broadcast', 'https://255.255.255.255/'],
  ['reserved', 'https://240.0.0.1/'],
] as const)('an address that leads inwards is refused: %s [K4]', async ([, url]) => {
  const fetch = createGuardedFetch({ rules: outside, ...limits });
  await expect(fetch(url)).rejects.toMatchObject({ code: 'address-refused' });
});

test('a name that leads inwards is refused, also with a dot behind, also when only one of its addresses does [K4]', async () => {
  const resolve = names({
    'inwards.example': [['10.0.0.1']],
    'both.example': [['93.184.216.34', '127.0.0.1']],
    'six.example': [['::ffff:10.0.0.1']],
    'nothing.example': [[]],
    'localhost.': [['127.0.0.1']],
  });
  const fetch = createGuardedFetch({ rules: outside, ...limits, resolve });
  for (const host of ['inwards.example', 'both.example', 'six.example', 'localhost.'])
    await expect(fetch(`https://${host}/`), host).rejects.toMatchObject({ code: 'address-refused' });
  await expect(fetch('https://nothing.example/')).rejects.toMatchObject({ code: 'address-unknown' });
  const system = createGuardedFetch({ rules: outside, ...limits });
  for (const host of ['localhost', 'LOCALHOST'])
    await expect(system(`https://${host}/`), host).rejects.toMatchObject({ code: 'address-refused' });
});

test('a name that changes between the look-ups is refused where the socket is opened: address, port and scheme [K4]', async () => {
  let reached = 0;
  const origin = await listen((_, response) => {
    reached++;
    response.end('inside');
  });
  const { port } = new URL(origin);
  const rebinding = () => names({ 'rebind.example': [['93.184.216.34'], ['127.0.0.1']] });
  const strict = createGuardedFetch({ rules: outside, ...limits, resolve: rebinding() });
  await expect(strict(`https://rebind.example:${port}/`)).rejects.toMatchObject({ code: 'address-refused' });
  const own = { ...inside, ownPorts: [Number(port)] };
  const toOwnPort = createGuardedFetch({ rules: own, ...limits, resolve: rebinding() });
  await expect(toOwnPort(`https://rebind.example:${port}/`)).rejects.toMatchObject({ code: 'address-refused' });
  // Looked up first it is this machine, where plain http may go; then it is outside.
  const outwards = names({ 'rebind.example': [['127.0.0.1'], ['93.184.216.34']] });
  const plain = createGuardedFetch({ rules: inside, ...limits, resolve: outwards });
  await expect(plain(`http://rebind.example:${port}/`)).rejects.toMatchObject({ code: 'https-required' });
  expect(reached).toBe(0);
});

test('plain http is refused but to loopback and to what the operator allowed [K4]', async () => {
  const origin = await listen((_, response) => response.end('ok'));
  const allowed = createGuardedFetch({ rules: { ...outside, allowPrivate: ['127.0.0.0/8'] }, ...limits });
  expect(await (await allowed(origin)).text()).toBe('ok');
  expect(await (await createGuardedFetch({ rules: inside, ...limits })(origin)).text()).toBe('ok');
  const fetch = createGuardedFetch({ rules: inside, ...limits });
  await expect(fetch('http://93.184.216.34/')).rejects.toMatchObject({ code: 'https-required' });
  for (const url of ['ftp://93.184.216.34/', 'file:///etc/passwd', 'data:text/plain,hello', 'javascript:1'])
    await expect(fetch(url), url).rejects.toMatchObject({ code: 'address-refused' });
});

test("Patchbay's own ports are refused on every address of this machine [K4]", async () => {
  const origin = await listen((_, response) => response.end('database'));
  const port = Number(new URL(origin).port);
  const own = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map((entry) => entry.address));
  const hosts = ['127.0.0.1', '127.0.0.2', '[::1]', ...own.filter((ip) => !ip.includes(':'))];
  const rules = { allowLoopback: true, allowPrivate: ['0.0.0.0/0', '::/0'], ownPorts: [port] };
  const fetch = createGuardedFetch({ rules, ...limits });
  for (const host of [...hosts, 'localhost', '0.0.0.0', '[::ffff:127.0.0.1]'])
    await expect(fetch(`http://${host}:${port}/`), host).rejects.toMatchObject({ code: 'address-refused' });
});

test('each redirect is checked again: inwards, to own ports, to plain http, to other schemes, in a circle [K4]', async () => {
  const target = await listen((_, response) => response.end('own'));
  const leads: Record<string, string> = {
    '/inwards': 'https://10.0.0.1/',
    '/cloud': 'http://169.254.169.254/latest/meta-data/',
    '/own-port': `${target}/`,
    '/plain': 'http://93.184.216.34/',
    '/file': 'file:///etc/passwd',
    '/circle': '/circle',
  };
  const origin = await listen((request, response) =>
    response.writeHead(302, { location: leads[request.url ?? ''] ?? '/' }).end(),
  );
  const rules = { ...inside, ownPorts: [Number(new URL(target).port)] };
  const fetch = createGuardedFetch({ rules, ...limits });
  const expected = {
    '/inwards': 'address-refused',
    '/cloud': 'address-refused',
    '/own-port': 'address-refused',
    '/plain': 'https-required',
    '/file': 'address-refused',
    '/circle': 'too-many-redirects',
  };
  for (const [path, code] of Object.entries(expected))
    await expect(fetch(origin + path), path).rejects.toMatchObject({ code });
  await expect(fetch(`${origin}/circle`, { redirect: 'error' })).rejects.toMatchObject({ code: 'too-many-redirects' });
});

test('neither key nor body goes to another origin, by whatever status it is sent on [K3] [K4]', async () => {
  const got: { url?: string | undefined; headers: unknown; method?: string | undefined; body: string }[] = [];
  const thief = await listen((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      got.push({ url: request.url, headers: request.headers, method: request.method, body });
      response.end('thanks');
    });
  });
  const lure = await listen((request, response) =>
    response.writeHead(Number(request.url?.slice(1, 4)), { location: `${thief}/` }).end(),
  );
  const guarded = createGuardedFetch({ rules: inside, ...limits });
  const secret = 'sk-very-secret-1234';
  for (const where of ['header', 'query'] as const) {
    const auth = { type: 'api-key', in: where, name: 'x-api-key', hasKey: true } as const;
    const fetch = keyedFetch(guarded, lure, auth, secret);
    for (const status of [301, 302, 303, 307, 308]) {
      const post = fetch(`${lure}/${status}`, {
        method: 'POST',
        body: `{"key":"${secret}"}`,
        headers: { cookie: secret },
      });
      if (status > 303) await expect(post, String(status)).rejects.toMatchObject({ code: 'redirect-refused' });
      else expect(await (await post).text()).toBe('thanks');
      expect(await (await fetch(`${lure}/${status}`)).text()).toBe('thanks');
    }
    await fetch(`${thief}/straight`);
  }
  expect(got.length).toBe(18);
  expect(got.every(({ method, body }) => method === 'GET' && body === '')).toBe(true);
  expect(JSON.stringify(got)).not.toContain(secret);
});

test('size is limited, packed or not, and so is time [K4] [K5]', async () => {
  const { gzipSync } = await import('node:zlib');
  const bomb = gzipSync(Buffer.alloc(20_000_000));
  const event = `data: ${'x'.repeat(300_000)}\n\n`;
  const origin = await listen((request, response) => {
    if (request.url === '/bomb') return response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    if (request.url === '/events')
      return response.writeHead(200, { 'content-type': 'text/event-stream' }).end(event.repeat(9));
    if (request.url === '/one-event')
      return response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`data: ${'x'.repeat(2_000_000)}\n\n`);
    if (request.url === '/large') return response.end(Buffer.alloc(2_000_000));
    return undefined; // never answers
  });
  const fetch = createGuardedFetch({ rules: inside, ...limits });
  for (const path of ['/bomb', '/large', '/one-event'])
    await expect((await fetch(origin + path)).text(), path).rejects.toMatchObject({ code: 'response-too-large' });
  expect((await (await fetch(`${origin}/events`)).text()).length).toBe(event.length * 9);
  const began = performance.now();
  await expect(fetch(`${origin}/never`, { signal: AbortSignal.timeout(200) })).rejects.toMatchObject({
    name: 'TimeoutError',
  });
  const stuck = createGuardedFetch({ rules: inside, ...limits, resolve: () => new Promise(() => {}) });
  await expect(stuck('http://stuck.example/', { signal: AbortSignal.timeout(200) })).rejects.toMatchObject({
    name: 'TimeoutError',
  });
  expect(performance.now() - began).toBeLessThan(3_000);
});

test('no error holds a key, a header or a query [K4]', async () => {
  const secret = 'sk-very-secret-1234';
  const fetch = createGuardedFetch({ rules: inside, ...limits });
  const headers = { authorization: `Bearer ${secret}` };
  for (const url of [
    'http://127.0.0.1:9/',
    'http://no-such-name.invalid/',
    'http://93.184.216.34/',
    'https://10.0.0.1/',
  ]) {
    const error: unknown = await fetch(`${url}?key=${secret}`, { headers }).catch((thrown: unknown) => thrown);
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 10 }), url).not.toContain(secret);
    expect(error).toMatchObject({ name: 'AppError' });
  }
});

test.for([
  ['not an address', 'what is this'],
  ['another scheme', 'ftp://example.com/mcp'],
  ['a script', 'javascript:alert(1)'],
  ['a key in it', 'https://user:secret@example.com/mcp'],
  ['too long', `https://example.com/${'x'.repeat(3_000)}`],
  ['a broken host', 'https://exa mple.com/'],
] as const)('an address that is none is refused when it is entered: %s [K4]', ([name, url]) => {
  const parsed = mcpServerInputSchema.safeParse({ name, url });
  expect(parsed.success).toBe(false);
});
