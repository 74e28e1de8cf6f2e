import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { startTurnstile } from '#src/server/mcp/testing/turnstile.ts';

/** What is run: everything the suite has, and exactly what each revision of the specification asks of a client. */
export const legs = {
  all: ['--suite', 'all'],
  '2025-11-25': ['--requirements', '2025-11-25'],
  '2026-07-28': ['--requirements', '2026-07-28'],
} as const;
export type Leg = keyof typeof legs;

export type ScenarioResult = { scenario: string; checks: number; failed: string[] };

const root = path.resolve(import.meta.dirname, '../../..');
const checksSchema = z.array(
  z.object({ id: z.string(), status: z.string(), errorMessage: z.string().optional() }).loose(),
);

/** Lets the official conformance suite drive our client, and answers what it found, by scenario. */
export async function runConformance(leg: Leg): Promise<ScenarioResult[]> {
  const turnstile = await startTurnstile(3);
  const out = await mkdtemp(path.join(tmpdir(), 'patchbay-conformance-'));
  try {
    const program = path.join(root, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
    const client = `"${process.execPath}" "${path.join(root, 'server/mcp/testing/conformance-client.ts')}"`;
    const args = [program, 'client', '--command', client, ...legs[leg], '-o', out, '--timeout', '120000'];
    const env = { ...process.env, PATCHBAY_TURNSTILE: String(turnstile.port) };
    const said = await new Promise<string>((resolve, reject) => {
      const child = spawn(process.execPath, args, { cwd: out, stdio: ['ignore', 'pipe', 'pipe'], env });
      let text = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          text = (text + chunk.toString()).slice(-4_000);
        });
      child.once('error', reject);
      child.once('close', () => resolve(text));
    });
    const results = await readResults(out);
    if (results.length === 0) throw new Error(`The conformance suite ran no scenario: ${said}`);
    return results;
  } finally {
    turnstile.close();
    await rm(out, { recursive: true, force: true });
  }
}

/** The exceptions that docs/conformance.md names: rows of `| \`scenario\` | reason |`. */
export async function writtenExceptions(): Promise<Map<string, string>> {
  const text = await readFile(path.join(root, 'docs/conformance.md'), 'utf8');
  return new Map([...text.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, name = '', reason = '']) => [name, reason]));
}

async function readResults(out: string): Promise<ScenarioResult[]> {
  const files = (await readdir(out, { recursive: true })).filter((file) => path.basename(file) === 'checks.json');
  const results = await Promise.all(
    files.map(async (file) => {
      const checks = checksSchema.parse(JSON.parse(await readFile(path.join(out, file), 'utf8')));
      return {
        // Results stand in `<scenario>-<time>/checks.json`.
        scenario: path
          .dirname(file)
          .replaceAll(path.sep, '/')
          .replace(/-\d{4}-\d{2}-\d{2}T[\d-]+Z$/, ''),
        checks: checks.length,
        failed: checks.filter(({ status }) => status === 'FAILURE').map(({ id }) => id),
      };
    }),
  );
  return results.sort((a, b) => a.scenario.localeCompare(b.scenario));
}
