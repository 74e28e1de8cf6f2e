import type { WriteIntent, WriteState, WriteStore } from '#src/server/tools/write-ledger.ts';

/** A store of writes for tests that are not about the database; `rows` shows what was noted. */
export function memoryWrites() {
  const rows = new Map<string, WriteIntent & { state: WriteState; answer: string | null }>();
  const store: WriteStore = {
    claim: async (intent) => {
      const earlier = [...rows.values()].find((row) => row.key === intent.key);
      if (earlier) return { earlier };
      const id = `write_${rows.size + 1}`;
      rows.set(id, { ...intent, state: 'sent', answer: null });
      return { id };
    },
    settle: async (id, state, answer) => {
      const row = rows.get(id);
      if (row) Object.assign(row, { state, answer });
    },
  };
  return { store, rows };
}
