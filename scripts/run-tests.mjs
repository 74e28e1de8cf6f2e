// Runs the suites one after the other and adds them up.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { checks } from './checks.mjs';
import { findChromium } from './chromium.mjs';

const only = process.argv[2];
const passOn = process.argv.slice(3);
const reports = mkdtempSync(path.join(tmpdir(), 'patchbay-reports-'));
const total = { passed: 0, failed: 0 };
/** Name and first lines of the error of each failure, told once more at the end: a long log is often read from there. */
const failures = [];

if (only !== 'checks' && run('node', ['scripts/livekit.mjs']) !== 0) process.exit(1);
if (!only || only === 'checks') runChecks();
if (!only || only === 'unit') await runUnit();
if (!only || only === 'e2e') runEndToEnd();

rmSync(reports, { recursive: true, force: true });
if (failures.length > 0) console.log(`\nFailed:\n\n${failures.join('\n\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

function runChecks() {
  run('next', ['typegen'], 'ignore');
  for (const { name, command, args } of checks) {
    const began = Date.now();
    const ok = run(command, args) === 0;
    total[ok ? 'passed' : 'failed'] += 1;
    if (!ok) failures.push(`✕ ${name} (${command} ${args.join(' ')})`);
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
  count('unit and integration tests', file, status, (report) => {
    const tests = report.testResults.flatMap((suite) => suite.assertionResults.map((test) => ({ suite, test })));
    const failed = tests.filter(({ test }) => test.status === 'failed');
    // A file that could not be loaded has no tests to count.
    const broken = report.testResults.filter(
      (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
    );
    return {
      passed: report.numPassedTests,
      failures: [
        ...failed.map(({ suite, test }) => tellFailure(suite.name, test.fullName, test.failureMessages[0])),
        ...broken.map((suite) => tellFailure(suite.name, 'could not be run', suite.message)),
      ],
    };
  });
}

function runEndToEnd() {
  const file = path.join(reports, 'e2e.json');
  const status = run('playwright', ['test', '--reporter=list,json', ...(only ? passOn : [])], 'inherit', {
    PATCHBAY_CHROMIUM: findChromium(),
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  count('end-to-end tests', file, status, ({ stats, suites }) => ({
    passed: stats.expected + stats.flaky,
    failures: suites
      .flatMap(specsOf)
      .filter((spec) => !spec.ok)
      .map((spec) => tellFailure(spec.file, spec.title, spec.tests[0]?.results[0]?.error?.message)),
  }));
}

function specsOf(suite) {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

function tellFailure(file, title, message) {
  const own = stripVTControlCharacters(message ?? '')
    .split('\n')
    .filter((line) => !line.includes('node_modules/'));
  return [`✕ ${path.basename(file)} › ${title}`, ...own.slice(0, 12).map((line) => `    ${line}`)].join('\n');
}

function count(name, file, status, read) {
  let counted = { passed: 0, failures: [] };
  try {
    counted = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // No report: the runner itself failed, which its status says.
  }
  if (status !== 0 && counted.failures.length === 0) {
    counted.failures.push(`✕ ${name}: ended with status ${status} though no test in its report failed`);
  }
  failures.push(...counted.failures);
  total.passed += counted.passed;
  total.failed += counted.failures.length;
  console.log(`${status === 0 ? '✓' : '✕'} ${name}: ${counted.passed} passed, ${counted.failures.length} failed`);
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
