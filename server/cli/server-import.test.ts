import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatch } from '#src/server/api/dispatch.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { listServers } from '#src/server/mcp/list-servers.ts';
import { type ListingServer, startListingServer } from '#src/server/mcp/testing/listing-server.ts';
import { removeInstance, writeInstance } from '#src/server/supervisor/instance-file.ts';
import { createApiToken, listApiTokens } from '#src/server/teams/api-tokens.ts';
import { demoTeam } from '#src/server/teams/demo-team.ts';

const team = 'team-cli-import';
const home = mkdtempSync(path.join(tmpdir(), 'patchbay-import-'));
const file = path.join(home, 'mcp.json');
let listing: ListingServer;
let web: Server;
let settings: Record<string, string | undefined>;

beforeAll(async () => {
  listing = await startListingServer([{ name: 'count', inputSchema: { type: 'object' } }]);
  // The real REST interface behind a real port: the command is another program.
  web = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await dispatch(
      new Request(`http://localhost${request.url}`, {
        method: request.method ?? 'GET',
        headers: { authorization: request.headers.authorization ?? '' },
        ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
      }),
    );
    response.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const address = web.address();
  const actor = { teamId: team, role: 'owner', name: 'test', userId: null } as const;
  const { token } = await createApiToken(actor, { name: 'cli', role: 'builder' });
  settings = {
    PATH: process.env.PATH,
    PATCHBAY_HOME: home,
    PATCHBAY_URL: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    PATCHBAY_TOKEN: token,
  };
});
afterAll(async () => {
  listing.close();
  web.closeAllConnections();
  web.close();
  rmSync(home, { recursive: true, force: true });
  await closeConnection();
});

const patchbay = (
  words: string[],
  more: Record<string, string> = {},
  from: Record<string, string | undefined> = settings,
): Promise<{ code: number; out: string; err: string }> =>
  promisify(execFile)(process.execPath, [path.resolve(import.meta.dirname, 'main.ts'), ...words], {
    env: { NODE_ENV: 'test' as const, ...from, ...more },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      out: error.stdout,
      err: error.stderr,
    }),
  );

test('imports a file with keys from its own environment, and exports it again without them [X2] [K3] [B12]', async () => {
  const placeholder = '$' + '{TILL_KEY}';
  writeFileSync(
    file,
    JSON.stringify({ mcpServers: { Till: { url: listing.url, headers: { 'x-api-key': placeholder } } } }),
  );
  const without = await patchbay(['server', 'import', file]);
  expect(without).toMatchObject({ code: 1, out: expect.stringContaining('needs a value for TILL_KEY') });
  expect(await listServers(team)).toEqual([]);

  const done = await patchbay(['server', 'import', file], { TILL_KEY: 'secret-of-the-till' });
  expect(done).toEqual({ code: 0, out: '✓ Till, tools: 1\n', err: '' });
  expect(await listServers(team)).toMatchObject([{ name: 'Till', auth: { hasKey: true } }]);

  const exported = await patchbay(['server', 'export']);
  expect(JSON.parse(exported.out)).toMatchObject({
    patchbay: 1,
    servers: [{ name: 'Till', auth: { key: placeholder } }],
  });
  expect(exported.out).not.toContain('secret-of-the-till');
});

test('on the machine itself no token is needed: one is lent for the command and revoked after it', async () => {
  // A process that looks like the supervisor: the command asks whether the instance in the file still runs.
  const idle = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)', 'server/supervisor/main.ts']);
  try {
    writeInstance(home, {
      pid: idle.pid ?? 0,
      url: settings.PATCHBAY_URL ?? '',
      livekitUrl: 'ws://127.0.0.1:7880',
      version: '0',
      processes: [],
      databaseUrl: process.env.PATCHBAY_APP_DATABASE_URL ?? '',
    });
    const { PATH, PATCHBAY_HOME } = settings;
    const own = { PATH, PATCHBAY_HOME, PATCHBAY_SECRET_KEY: process.env.PATCHBAY_SECRET_KEY };
    const exported = await patchbay(['server', 'export'], {}, own);
    expect(exported.err).toBe('');
    expect(JSON.parse(exported.out)).toMatchObject({ patchbay: 1 });
    expect(await listApiTokens(demoTeam.id)).toEqual([]);
  } finally {
    idle.kill();
    removeInstance(home);
  }
});

test('says what is wrong: no file, no key of ours', async () => {
  expect(await patchbay(['server', 'import', path.join(home, 'none.json')])).toMatchObject({
    code: 1,
    err: expect.stringContaining('cannot be read'),
  });
  expect(await patchbay(['server', 'export'], { PATCHBAY_TOKEN: 'pb_wrong' })).toMatchObject({
    code: 1,
    err: expect.stringContaining('API token is not valid'),
  });
});
