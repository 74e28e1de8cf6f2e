/** Why a tool call was not made, or gave nothing, by the code of its failure: the rule behind it, in a sentence. Null for others. */
export function failureReason(code: string): string | null {
  return reasons.get(code) ?? null;
}

const reasons = new Map([
  ['tool-not-allowed', 'Its policy does not allow it, so nothing was sent.'],
  ['not-during-call', 'Its server is only used after the call, so nothing was sent.'],
  ['definition-changed', 'Its definition is not the one that was approved, so nothing was sent.'],
  ['arguments-invalid', "The arguments do not fit the server's schema. The model was told why; nothing was sent."],
  ['not-confirmed', 'Nobody has said yes to it, so nothing was sent.'],
  ['rate-limited', 'Its server had been asked as often as its limits allow, so nothing was sent.'],
  ['server-busy', 'Its server was working on as much as its limits allow, so nothing was sent.'],
  ['server-resting', 'Its server failed several times in a row and is left alone for a while, so nothing was sent.'],
  ['log-unavailable', 'It writes, and the log could not take a note of it, so nothing was sent.'],
  ['ledger-unavailable', 'It writes, and the write ledger could not take a note of it, so nothing was sent.'],
  ['not-done', 'The same write failed before in this turn, and is not sent twice.'],
  ['timed-out', 'The time that its policy gives it was over.'],
  ['interrupted', 'The caller went on talking, so the read was given up.'],
]);
