/** Grey bars of the final size, shown only when loading takes long enough to notice. */
export function Skeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div aria-hidden="true" className="grid animate-appear gap-3 p-5">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all the same and never move
        <div key={row} className="h-7 rounded-2 bg-sunken" style={{ width: `${92 - ((row * 17) % 40)}%` }} />
      ))}
    </div>
  );
}
