import { Glyph, type GlyphKind } from '#src/components/ui/glyph.tsx';

const entries: [GlyphKind, string][] = [
  ['read', 'read'],
  ['write', 'write'],
  ['waiting', 'waiting'],
  ['failed', 'failed'],
  ['doubt', 'in doubt'],
];

export function Legend() {
  return (
    <ul aria-label="Legend" className="ml-auto flex gap-3.5 pr-2 narrow:hidden">
      {entries.map(([kind, word]) => (
        <li key={kind} className="inline-flex items-center gap-[5px]">
          <Glyph kind={kind} label={false} />
          {word}
        </li>
      ))}
    </ul>
  );
}
