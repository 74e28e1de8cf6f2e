/** Two jacks and a cord. */
export function Mark({ className = '' }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 28 22"
      aria-hidden="true"
      className={`h-[22px] w-7 fill-none stroke-current stroke-2 [stroke-linecap:round] ${className}`}
    >
      <circle cx="6" cy="6" r="4" />
      <circle cx="22" cy="6" r="4" />
      <path d="M6 6c0 18 16 18 16 0" />
      <circle cx="6" cy="6" r="1.1" className="fill-current" />
      <circle cx="22" cy="6" r="1.1" className="fill-current" />
    </svg>
  );
}
