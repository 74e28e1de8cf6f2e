import pino from 'pino';

const root = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  // A last net: these names never carry their value into a line.
  redact: {
    paths: ['key', 'token', 'secret', 'password', 'authorization', '*.key', '*.token', '*.secret'],
    censor: '[hidden]',
  },
  formatters: { level: (label) => ({ level: label }) },
});

/** A logger of one component. One line an event, ids and codes only: no words of a caller, no arguments, no keys. */
export function log(component: string): pino.Logger {
  return root.child({ component });
}
