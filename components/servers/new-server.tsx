'use client';
import { useRouter } from 'next/navigation';
import { type ConnectActions, ConnectServer } from '#src/components/servers/connect-server.tsx';

/** Adds a server; when its handshake has passed, its page follows. */
export function NewServer({ actions }: { actions: ConnectActions }) {
  const router = useRouter();
  return (
    <div className="thin-scroll min-h-0 flex-1 overflow-auto phone:overflow-visible">
      <ConnectServer
        server={null}
        handshake={null}
        actions={actions}
        onSaved={(server) => window.history.replaceState(null, '', `/servers/${server.id}`)}
        onPassed={(server) => router.replace(`/servers/${server.id}`)}
      />
    </div>
  );
}
