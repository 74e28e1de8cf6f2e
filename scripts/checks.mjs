// What `npm run validate` runs beside the tests, cheapest first.
export const checks = [
  { name: 'format and lint', command: 'biome', args: ['check', '--error-on-warnings', '.'] },
  { name: 'types', command: 'tsc', args: ['--noEmit'] },
  {
    name: 'arrows',
    command: 'depcruise',
    args: [
      'app',
      'components',
      'lib',
      'server',
      'demo',
      'e2e',
      'scripts',
      'proxy.ts',
      '--config',
      '.dependency-cruiser.mjs',
    ],
  },
  { name: 'dead code', command: 'knip', args: [] },
];
