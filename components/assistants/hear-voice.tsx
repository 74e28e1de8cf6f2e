'use client';
import { Volume2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { toast } from '#src/components/ui/toast-store.ts';

/** Plays a sentence in one of the voices of this machine. */
export function HearVoice({ voice, text }: { voice: string; text: string }) {
  const [busy, setBusy] = useState(false);
  const play = async () => {
    setBusy(true);
    try {
      const response = await fetch('/api/voice-sample', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ voice, text: text.slice(0, 300) }),
      });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const url = URL.createObjectURL(await response.blob());
      const audio = new Audio(url);
      audio.onended = () => URL.revokeObjectURL(url);
      await audio.play();
    } catch {
      toast('The voice did not answer. Try again in a moment.');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="sm" kind="ghost" disabled={busy} onClick={() => void play()}>
      <Volume2 size={14} aria-hidden="true" /> {busy ? 'Speaking…' : 'Hear it'}
    </Button>
  );
}
