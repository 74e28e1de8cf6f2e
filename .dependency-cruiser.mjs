/** The arrows of the house. Every rule is an error: see docs/architecture.md. */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    never('no-circles', 'Two files that need each other are one file, or want a third.', {}, { circular: true }),
    never(
      'lib-is-pure',
      'lib holds types and maths: no input or output, no Node, no React.',
      { path: '^lib/', pathNot: '\\.test\\.ts$' },
      { path: '^(app|components|server|demo|scripts|e2e)/|node_modules/(react|next)/' },
    ),
    never(
      'lib-without-node',
      'lib runs in the browser too.',
      { path: '^lib/', pathNot: '\\.test\\.ts$' },
      { dependencyTypes: ['core'] },
    ),
    never(
      'components-not-server',
      'What the browser gets never imports the server.',
      { path: '^components/' },
      { path: '^(server|app|demo)/' },
    ),
    never(
      'server-not-view',
      'The server knows no React and no routes.',
      { path: '^server/' },
      { path: '^(app|components|e2e)/' },
    ),
    never('nothing-imports-app', 'Routes are leaves.', { pathNot: '^app/' }, { path: '^app/' }),
    never(
      'demo-stands-alone',
      'Demo servers are programs of their own; only the supervisor names their files.',
      { path: '^demo/' },
      { path: '^(app|components|server|e2e)/' },
    ),
    never(
      'mcp-below-tools',
      'mcp <- tools <- agent',
      { path: '^server/mcp/' },
      { path: '^server/(tools|agent|qa|jobs|supervisor)/' },
    ),
    never(
      'tools-below-agent',
      'mcp <- tools <- agent',
      { path: '^server/tools/' },
      { path: '^server/(agent|qa|jobs|supervisor)/' },
    ),
    never(
      'agent-leans-down',
      'models, speech and calls serve the agent, not the other way round.',
      { path: '^server/(models|speech|calls|teams|db|assistants)/', pathNot: '\\.test\\.ts$' },
      { path: '^server/(agent|qa|jobs|supervisor)/' },
    ),
    never(
      'web-without-native',
      'Nothing reachable from app loads native LiveKit modules.',
      { path: '^app/' },
      { path: '^server/(agent|qa)/|node_modules/@livekit/(rtc-node|agents)', reachable: true },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|\\.patchbay)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
