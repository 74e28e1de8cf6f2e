import type { Sql } from 'postgres';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';

const turns = 5;
/** What each turn of a seeded call leaves in its log. */
const turnEvents = [
  'caller-speech-started',
  'caller-speech-ended',
  'turn-committed',
  'model-started',
  'tool-started',
  'tool-succeeded',
  'model-answered',
  'agent-speech-started',
  'agent-speech-ended',
  'tool-measured',
];

/**
 * Makes calls with `turns` × 10 events each, spread over ninety days, in the database of `sql`, which must be its owner's. Words
 * are as unevenly frequent as in a language; every call has a code of its own, `zx` and its number. No hash chain; the database is
 * one that is thrown away afterwards.
 */
export async function seedCalls(sql: Sql, o: { teamId: string; calls: number }): Promise<void> {
  const { teamId, calls } = o;
  const instructions = 'Be kind and short. '.repeat(150);
  const frozen = JSON.stringify({
    assistantId: 'asst_1',
    version: 1,
    config: assistantConfigSchema.parse({ name: 'Luigi', instructions }),
    servers: [],
    providers: [],
  });
  // Triggers tell watchers of each event, and there are none.
  await sql`set session_replication_role = replica`;
  await sql`set synchronous_commit = off`;
  await sql`set maintenance_work_mem = '256MB'`;
  await sql`select setseed(0.42)`;
  await sql`drop index if exists call_words_words`;
  // What is thrown away afterwards needs no log of its own.
  for (const table of ['call_texts', 'call_words', 'call_events', 'call_event_payloads'])
    await sql`alter table ${sql(table)} set unlogged`;
  await sql`create temp table sentences as
    with syllables as (select array['ba','co','di','fu','ga','le','mi','no','pa','ri','sa','to','vu','za','che','sti'] as s),
    words as (select row_number() over () as n, s[a] || s[b] || s[c] as w from syllables, generate_series(1, 16) a, generate_series(1, 16) b, generate_series(1, 12) c),
    list as (select array_agg(w order by n) as w from words)
    select g as n, (select string_agg(w[1 + floor(power(random() + 0 * x, 3) * 3072)::int], ' ') from generate_series(1, 9 + g % 7) x) as text
    from generate_series(1, 20000) g, list`;
  await sql`create unique index on sentences (n)`;
  await sql`insert into calls (id, team_id, assistant_id, assistant_name, version, frozen, room, status, caller_kind, caller_name,
      placed_at, clock_start, ended_at, ended_reason, failure_code, turns, tool_calls, tool_failures, duration_ms, tools, failed_tools,
      writes_done, flags, reply_ms, heard_reply_ms)
    select ${teamId} || '_' || lpad(i::text, 7, '0'), ${teamId}, 'asst_' || i % 4, 'Assistant ' || i % 4, nullif(i % 9, 0), ${frozen}::text::jsonb, 'room',
      case when i % 50 = 7 then 'failed' else 'ended' end, (array['member', 'synthetic', 'api'])[1 + i % 3],
      'Caller ' || i % 5000, at, at, at + interval '90 seconds',
      (array['caller-hung-up', 'caller-left', 'silence', 'agent-ended'])[1 + i % 4],
      case when i % 50 = 7 then 'worker-lost' end, ${turns}, ${turns}, (i % 13 = 0)::int, 20000 + i % 100000,
      array['tool_' || i % 5, 'tool_' || (5 + i % 40)] || case when i % 1000 = 0 then array['rare_tool'] else array[]::text[] end,
      case when i % 13 = 0 then array['tool_' || i % 5] else array[]::text[] end, i % 3,
      case when i % 11 = 0 then array[(array['no-answer', 'dead-air', 'unproven-claim', 'loop'])[1 + i / 11 % 4]] else array[]::text[] end,
      400 + i % 2600, case when i % 2 = 0 then 500 + i % 2600 end
    from (select i, now() - i * interval '90 days' / ${calls} as at from generate_series(1, ${calls}::int) i) spread`;
  await sql`insert into call_labels (call_id, label, team_id)
    select ${teamId} || '_' || lpad(i::text, 7, '0'), (array['good', 'ask again', 'training'])[1 + i % 3], ${teamId} from generate_series(1, ${calls}::int, 20) i`;
  await sql`create temp table said as
    select i, k, kind, ${teamId} || '_' || lpad(i::text, 7, '0') as call_id, k * 10 + spot as seq,
      (1 + floor(random() * 20000))::int as n
    from generate_series(1, ${calls}::int) i, generate_series(0, ${turns - 1}::int) k,
      (values ('caller', 3), ('tool', 5), ('tool', 6), ('agent', 9)) kinds (kind, spot)`;
  await sql`insert into call_texts (call_id, seq, team_id, kind, at_ms, text)
    select call_id, seq, ${teamId}, kind, seq * 1500, case when seq = 6 then 'zx' || i || ' ' else '' end || s.text
    from said join sentences s using (n) order by call_id, seq`;
  await sql`insert into call_words (call_id, team_id, words)
    select call_id, team_id, to_tsvector('simple', string_agg(text, E'\n' order by seq)) from call_texts where team_id = ${teamId} group by 1, 2 order by 1`;
  await sql`insert into call_events (call_id, seq, team_id, event_id, type, at_ms, recorded_at, tool_call_id, payload_hash, hash)
    select c.id, k * 10 + n, ${teamId}, 'e' || k * 10 + n, type, (k * 10 + n) * 1500, c.placed_at,
      case when type like 'tool-%' then 'call-' || k end, '', ''
    from (select id, placed_at from calls where team_id = ${teamId} order by id) c, generate_series(0, ${turns - 1}::int) k,
      unnest(${turnEvents}::text[]) with ordinality as t (type, n)`;
  await sql`insert into call_event_payloads (call_id, seq, team_id, data)
    select call_id, seq, team_id, case when type = 'tool-started' then '{"effect": "read", "tool": "tool_1"}'::jsonb
      else '{"speechId": "speech", "ms": 200}'::jsonb end
    from call_events where team_id = ${teamId}`;
  await sql`create index call_words_words on call_words using gin (words)`;
  await sql`set session_replication_role = default`;
  for (const table of ['calls', 'call_texts', 'call_words', 'call_labels', 'call_events', 'call_event_payloads'])
    await sql`vacuum analyze ${sql(table)}`;
}
