import { AccountFrame } from '#src/components/account/account-frame.tsx';

export default function NoSuchTalk() {
  return (
    <AccountFrame title="This link does not work.">
      <p className="text-ink-2">Check that it was copied whole, or ask whoever sent it for a new one.</p>
    </AccountFrame>
  );
}
