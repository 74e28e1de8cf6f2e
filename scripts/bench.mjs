// `npm run bench`: measures, prints, and writes docs/benchmarks.md. `npm run bench -- events` runs one section.
import { findChromium } from './chromium.mjs';

process.env.PATCHBAY_CHROMIUM ??= findChromium();
await import('#src/bench/main.ts');
