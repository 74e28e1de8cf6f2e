// Runs the suites one after the other and adds them up.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checks } from './checks.mjs';
import { findChromium } from './chromium.mjs';

const only = process.argv[2];
const passOn = process.argv.slice(3);
const reports = mkdtempSync(path.join(tmpdir(), 'patchbay-reports-'));
const total = { passed: 0, failed: 0 };

if (only !== 'checks' && run('node', ['scripts/livekit.mjs']) !== 0) process.exit(1);
if (!only || only === 'checks') runChecks();
if (!only || only === 'unit') await runUnit();
if (!only || only === 'e2e') runEndToEnd();

rmSync(reports, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

function runChecks() {
  run('next', ['typegen'], 'ignore');
  for (const { name, command, args } of checks) {
    const began = Date.now();
    const ok = run(command, args) === 0;
    total[ok ? 'passed' : 'failed'] += 1;
    console.log(`${ok ? '✓' : '✕'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  }
}

async function runUnit() {
  const file = path.join(reports, 'unit.json');
  const status = await runUntilReported(file, 'vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...(only ? passOn : []),
  ]);
  count('unit and integration tests', file, status, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numFailedTestSuites - countFailedWithTests(report),
  }));
}

/** Suites that failed because a test in them did: those tests are counted already. */
function countFailedWithTests(report) {
  return report.testResults.flatMap((file) =>
    file.status === 'failed' && file.assertionResults.some((test) => test.status === 'failed') ? [file] : [],
  ).length > 0
    ? report.numFailedTestSuites
    : 0;
}

function runEndToEnd() {
  const file = path.join(reports, 'e2e.json');
  const status = run('playwright', ['test', '--reporter=list,json', ...(only ? passOn : [])], 'inherit', {
    PATCHBAY_CHROMIUM: findChromium(),
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  count('end-to-end tests', file, status, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
  }));
}

function count(name, file, status, read) {
  let counted = { passed: 0, failed: 0 };
  try {
    counted = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // No report: the runner itself failed, which its status says.
  }
  if (status !== 0 && counted.failed === 0) counted.failed = 1;
  total.passed += counted.passed;
  total.failed += counted.failed;
  console.log(`${status === 0 ? '✓' : '✕'} ${name}: ${counted.passed} passed, ${counted.failed} failed`);
}

function run(command, args, stdio = 'inherit', env = {}) {
  return spawnSync(command, args, { stdio, env: { ...process.env, ...env } }).status ?? 1;
}

/** A runner that does not end by itself after its report, because a worker of it hangs, must not hold the other suites. */
function runUntilReported(report, command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    const watch = setInterval(() => {
      const writtenMs = statSync(report, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
      if (Date.now() - writtenMs > 60_000) child.kill('SIGKILL');
    }, 1_000);
    child.once('error', () => resolve(1));
    child.once('exit', (code, signal) => {
      clearInterval(watch);
      if (signal) console.log(`${command} did not end after its report and was ended (${signal}).`);
      resolve(code ?? 1);
    });
  });
}
