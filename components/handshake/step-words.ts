import type { HandshakeStepName } from '#src/lib/mcp/handshake.ts';

/** What each step asks, in words for the page. */
export const stepWords: Record<HandshakeStepName, { title: string; asks: string }> = {
  address: { title: 'Address', asks: 'Does the name lead to a machine?' },
  policy: { title: 'Policy', asks: 'May Patchbay go there?' },
  connect: { title: 'Connect', asks: 'Does the machine answer?' },
  authentication: { title: 'Authentication', asks: 'Does it take the key?' },
  protocol: { title: 'Protocol', asks: 'Does it speak MCP?' },
  capabilities: { title: 'Capabilities', asks: 'What can it do?' },
  listing: { title: 'Listing', asks: 'Which tools has it?' },
};
