import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type FoundMoment, markEnd, markedParts, markStart } from '#src/lib/calls/found-moment.ts';
import { wordsQuery } from '#src/server/calls/call-conditions.ts';
import type { TeamTx } from '#src/server/db/for-team.ts';

const rowSchema = z.object({
  call_id: z.string(),
  kind: z.enum(['caller', 'agent', 'tool']),
  at_ms: z.number().nullable(),
  seq: z.number(),
  tool_call_id: z.string().nullable(),
  speech_id: z.string().nullable(),
  snippet: z.string(),
});

/** For each of some calls that has such words, the moment where most of them are. Calls of which no text is left are left out. */
export async function findMoments(
  tx: TeamTx,
  callIds: readonly string[],
  typed: string,
): Promise<Map<string, FoundMoment>> {
  if (callIds.length === 0) return new Map();
  const ids = sql.join(
    callIds.map((id) => sql`${id}`),
    sql`, `,
  );
  const rows = await tx.execute(sql`
    with q as materialized (select ${anyOf(wordsQuery(typed))} as some)
    select c.id as call_id, t.kind, t.at_ms, t.seq, e.tool_call_id, p.data->>'speechId' as speech_id,
      ts_headline('simple', t.text, q.some, ${`StartSel=${markStart},StopSel=${markEnd},MaxWords=22,MinWords=12,MaxFragments=1,FragmentDelimiter= … `}) as snippet
    from q, unnest(array[${ids}]::text[]) as c(id)
    cross join lateral (
      select w.* from (
        select x.seq, x.kind, x.at_ms, x.text, ts_rank(to_tsvector('simple', x.text), q.some) as rank
        from call_texts x where x.call_id = c.id
      ) w where w.rank > 0 order by w.rank desc, w.seq limit 1
    ) t
    left join call_events e on e.call_id = c.id and e.seq = t.seq
    left join call_event_payloads p on p.call_id = c.id and p.seq = t.seq and t.kind = 'agent'`);
  return new Map(
    z
      .array(rowSchema)
      .parse(rows)
      .map((row) => [row.call_id, momentOf(row)]),
  );
}

/** The words of different turns may make one call match: for the moment any of them counts. */
const anyOf = (query: SQL): SQL => sql`regexp_replace(${query}::text, ' (&|<[-0-9]+>) ', ' | ', 'g')::tsquery`;

function momentOf(row: z.infer<typeof rowSchema>): FoundMoment {
  const item =
    row.kind === 'caller'
      ? `turn-${row.seq}`
      : row.kind === 'agent'
        ? (row.speech_id ?? '')
        : (row.tool_call_id ?? `tool-${row.seq}`);
  return { kind: row.kind, at: row.at_ms, item, parts: markedParts(row.snippet) };
}
