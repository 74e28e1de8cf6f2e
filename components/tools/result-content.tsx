'use client';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { Payload } from '#src/components/evidence/payload.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { visibleText } from '#src/lib/visible-text.ts';

const resourceSchema = z.object({
  uri: z.string(),
  mimeType: z.string().optional(),
  text: z.string().optional(),
  blob: z.string().optional(),
});
const blockSchema = z.union([
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image'), data: z.string(), mimeType: z.string() }),
  z.object({ type: z.literal('audio'), data: z.string(), mimeType: z.string() }),
  z.object({
    type: z.literal('resource_link'),
    uri: z.string(),
    name: z.string().optional(),
    description: z.string().optional(),
    mimeType: z.string().optional(),
  }),
  z.object({ type: z.literal('resource'), resource: resourceSchema }),
]);
type Block = z.infer<typeof blockSchema>;

/** What a tool answered, each kind of content as what it is; a kind that is not known is shown as it came. */
export function ResultContent(props: {
  content: readonly unknown[];
  structuredContent?: unknown;
  onLink?: (uri: string) => void;
}) {
  return (
    <div className="grid gap-3">
      {props.structuredContent !== undefined && <Payload title="Structured content" value={props.structuredContent} />}
      {props.content.map((one, index) => {
        const parsed = blockSchema.safeParse(one);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an answer does not move
          <ContentBlock key={index} block={parsed.success ? parsed.data : null} raw={one} onLink={props.onLink} />
        );
      })}
      {props.content.length === 0 && props.structuredContent === undefined && (
        <p className="text-sm text-ink-3">An empty answer.</p>
      )}
    </div>
  );
}

function ContentBlock(props: { block: Block | null; raw: unknown; onLink: ((uri: string) => void) | undefined }) {
  const { block } = props;
  if (!block) return <Payload title="Content of an unknown kind" value={props.raw} />;
  if (block.type === 'text') return <Payload title="Text" value={block.text} empty="An empty text." />;
  if (block.type === 'image') return <ShownImage data={block.data} mimeType={block.mimeType} />;
  if (block.type === 'audio') return <PlayedAudio data={block.data} mimeType={block.mimeType} />;
  if (block.type === 'resource_link')
    return (
      <section>
        <h3 className="mb-1 text-sm font-med text-ink-2">Link to a resource</h3>
        <p className="break-words">
          {props.onLink ? (
            <button type="button" className="link font-mono text-[12px]" onClick={() => props.onLink?.(block.uri)}>
              {visibleText(block.uri)}
            </button>
          ) : (
            <span className="font-mono text-[12px]">{visibleText(block.uri)}</span>
          )}{' '}
          {block.mimeType && <Chip>{block.mimeType}</Chip>}
        </p>
        {(block.name ?? block.description) && (
          <p className="text-sm text-ink-3">
            {visibleText([block.name, block.description].filter(Boolean).join(': '))}
          </p>
        )}
      </section>
    );
  const { resource } = block;
  if (resource.blob !== undefined && resource.mimeType?.startsWith('image/'))
    return <ShownImage data={resource.blob} mimeType={resource.mimeType} />;
  return (
    <Payload
      title={`Resource ${visibleText(resource.uri)}`}
      value={resource.text ?? (resource.blob === undefined ? '' : `${resource.blob.length} characters of base64`)}
      empty="Without content."
    />
  );
}

const pictures = /^image\/(png|jpeg|gif|webp|avif|bmp)$/;

/** Only pictures that cannot run anything: an SVG is shown as its text. */
function ShownImage({ data, mimeType }: { data: string; mimeType: string }) {
  if (!pictures.test(mimeType)) return <Payload title={`Image, ${visibleText(mimeType)}`} value={data} />;
  return (
    <section>
      <h3 className="mb-1 text-sm font-med text-ink-2">Image</h3>
      {/* biome-ignore lint/performance/noImgElement: the picture is in the answer, there is nothing to fetch */}
      <img
        src={`data:${mimeType};base64,${data}`}
        alt="What the tool answered"
        className="max-h-80 max-w-full rounded-2 border border-line"
      />
      <p className="text-sm text-ink-3">
        {mimeType}, {Math.round((data.length * 3) / 4 / 1024)} KB
      </p>
    </section>
  );
}

function PlayedAudio({ data, mimeType }: { data: string; mimeType: string }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    try {
      const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
      const made = URL.createObjectURL(new Blob([bytes], { type: mimeType }));
      setUrl(made);
      return () => URL.revokeObjectURL(made);
    } catch {
      setUrl(null); // not base64
    }
  }, [data, mimeType]);
  return (
    <section>
      <h3 className="mb-1 text-sm font-med text-ink-2">Audio</h3>
      {url ? (
        // biome-ignore lint/a11y/useMediaCaption: a tool's sound has no captions
        <audio controls src={url} className="w-full" />
      ) : (
        <p className="text-sm text-ink-3">It cannot be played.</p>
      )}
      <p className="text-sm text-ink-3">{visibleText(mimeType)}</p>
    </section>
  );
}
