// Preloaded into every child: one whose supervisor is gone ends too. Processes that it forks inherit it.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, 500).unref();

export {};
