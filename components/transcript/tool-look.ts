import type { GlyphKind } from '#src/components/ui/glyph.tsx';
import type { ToolCall } from '#src/lib/calls/call-item.ts';

/** Quiet when right, loud when wrong: a call that went well shows its effect. */
export function toolGlyph(call: ToolCall): GlyphKind {
  if (call.state === 'failed') return 'failed';
  if (call.state === 'in-doubt') return 'doubt';
  if (call.state === 'waiting') return 'waiting';
  if (call.state === 'declined') return 'off';
  return call.state === 'running' ? 'running' : call.effect;
}

export function toolStateWords(call: ToolCall): string {
  if (call.state === 'succeeded') return 'ok';
  if (call.state === 'in-doubt') return 'in doubt';
  if (call.state === 'declined') return 'not done';
  return call.state === 'waiting' ? `waiting for the ${call.waiting?.for ?? 'server'}` : call.state;
}
