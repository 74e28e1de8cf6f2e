import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { log } from './log.ts';
import { openStore } from './store.ts';

const config = readConfig(process.env);
const store = await openStore(config.databaseUrl);
const app = createApp({ config, store });

app.listen(config.port, config.host, () => {
  const address = app.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  log('started', { host: config.host, port });
  console.log(`MCP server at http://${config.host}:${port}/mcp`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    app.close(() => void store.close().finally(() => process.exit(0)));
    app.closeIdleConnections();
    setTimeout(() => process.exit(0), 5_000).unref();
  });
