/** A key to press, shown where there is a keyboard. */
export function Kbd({ children, onAccent = false }: { children: string; onAccent?: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={`rounded-1 border border-b-2 px-1 py-0.5 font-mono text-[10.5px] leading-none font-med phone:hidden ${
        onAccent ? 'border-current opacity-80' : 'border-line-strong bg-surface text-ink-2'
      }`}
    >
      {children}
    </span>
  );
}
