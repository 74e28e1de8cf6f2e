'use client';
import { Phone } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { startCall } from '#src/components/call/call-session.ts';
import { placeTestCall } from '#src/components/call/place-test-call.ts';
import { TestCallButton } from '#src/components/call/test-call-button.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Menu, MenuItem } from '#src/components/ui/menu.tsx';

/** A test call from the list of calls: at once with the only assistant, else with the one that is chosen. */
export function CallNow({ assistants }: { assistants: { id: string; name: string }[] }) {
  const router = useRouter();
  const [only, ...others] = assistants;
  if (!only) return null;
  if (others.length === 0) return <TestCallButton assistant={only} />;
  return (
    <Menu
      trigger={
        <Button kind="primary">
          <Phone size={15} aria-hidden="true" /> Test call
        </Button>
      }
    >
      {assistants.map((assistant) => (
        <MenuItem
          key={assistant.id}
          onSelect={() =>
            void startCall(
              assistant.name,
              () => placeTestCall(assistant.id),
              (callId) => router.push(`/calls/${callId}`),
            )
          }
        >
          {assistant.name}
        </MenuItem>
      ))}
    </Menu>
  );
}
