-- Row-level security: team data is seen only through forTeam(), which names the team for one transaction.
DO $$
DECLARE t text;
BEGIN
  FOR t IN SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'team_id' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY team ON %I TO patchbay_app USING (team_id = current_setting(''app.team_id'', true)) WITH CHECK (team_id = current_setting(''app.team_id'', true))', t);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO patchbay_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO patchbay_app;
--> statement-breakpoint
-- The log is append-only: nobody who serves a request may change what was written.
REVOKE UPDATE, DELETE ON call_events, audit_entries FROM patchbay_app;
--> statement-breakpoint
REVOKE UPDATE ON call_event_payloads FROM patchbay_app;
--> statement-breakpoint
CREATE SCHEMA IF NOT EXISTS pgboss AUTHORIZATION patchbay_app;
--> statement-breakpoint
CREATE FUNCTION call_event_hash(call_id text, seq int, type text, at_ms double precision, recorded_at timestamptz, turn_id text, tool_call_id text, payload_hash text, previous text)
RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws('|', call_id, seq, type, coalesce(at_ms::text, ''), (extract(epoch FROM recorded_at) * 1000)::bigint,
    coalesce(turn_id, ''), coalesce(tool_call_id, ''), payload_hash, previous), 'UTF8')), 'hex')
$$;
--> statement-breakpoint
-- One append: takes the next seq under the call's row lock, so that commit order is seq order. A repeated event id is the same event.
CREATE FUNCTION append_call_event(p_team text, p_call text, p_event text, p_type text, p_at double precision, p_turn text, p_tool text, p_data jsonb)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_seq int; v_previous text; v_known int; v_payload text; v_hash text; v_now timestamptz;
BEGIN
  PERFORM set_config('app.team_id', p_team, true);
  SELECT last_seq, last_hash INTO v_seq, v_previous FROM calls WHERE id = p_call FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such call' USING ERRCODE = 'no_data_found'; END IF;
  SELECT seq INTO v_known FROM call_events WHERE call_id = p_call AND event_id = p_event;
  IF FOUND THEN RETURN v_known; END IF;
  v_seq := v_seq + 1;
  v_now := date_trunc('milliseconds', clock_timestamp());
  v_payload := encode(sha256(convert_to(p_data::text, 'UTF8')), 'hex');
  v_hash := call_event_hash(p_call, v_seq, p_type, p_at, v_now, p_turn, p_tool, v_payload, v_previous);
  INSERT INTO call_event_payloads (call_id, seq, team_id, data) VALUES (p_call, v_seq, p_team, p_data);
  INSERT INTO call_events (call_id, seq, team_id, event_id, type, at_ms, recorded_at, turn_id, tool_call_id, payload_hash, hash)
    VALUES (p_call, v_seq, p_team, p_event, p_type, p_at, v_now, p_turn, p_tool, v_payload, v_hash);
  UPDATE calls SET last_seq = v_seq, last_hash = v_hash,
    turns = turns + (p_type = 'turn-committed')::int,
    tool_calls = tool_calls + (p_type = 'tool-started')::int,
    tool_failures = tool_failures + (p_type IN ('tool-failed', 'tool-in-doubt'))::int
    WHERE id = p_call;
  RETURN v_seq;
END $$;
--> statement-breakpoint
-- Checks the chain of one call: the first seq that does not fit, or null when all of it does.
CREATE FUNCTION verify_call_events(p_team text, p_call text)
RETURNS TABLE (events int, broken_seq int, reason text) LANGUAGE plpgsql AS $$
DECLARE
  e record; v_previous text := ''; v_count int := 0; v_last text; v_last_seq int;
BEGIN
  PERFORM set_config('app.team_id', p_team, true);
  FOR e IN SELECT ev.*, p.data FROM call_events ev LEFT JOIN call_event_payloads p ON p.call_id = ev.call_id AND p.seq = ev.seq WHERE ev.call_id = p_call ORDER BY ev.seq LOOP
    v_count := v_count + 1;
    IF e.seq <> v_count THEN RETURN QUERY SELECT v_count, v_count, 'an event is missing'; RETURN; END IF;
    IF e.data IS NOT NULL AND encode(sha256(convert_to(e.data::text, 'UTF8')), 'hex') <> e.payload_hash THEN
      RETURN QUERY SELECT v_count, e.seq, 'the payload was changed'; RETURN;
    END IF;
    IF call_event_hash(e.call_id, e.seq, e.type, e.at_ms, e.recorded_at, e.turn_id, e.tool_call_id, e.payload_hash, v_previous) <> e.hash THEN
      RETURN QUERY SELECT v_count, e.seq, 'the event was changed'; RETURN;
    END IF;
    v_previous := e.hash;
  END LOOP;
  SELECT last_hash, last_seq INTO v_last, v_last_seq FROM calls WHERE id = p_call;
  IF v_last_seq <> v_count OR v_last <> v_previous THEN RETURN QUERY SELECT v_count, v_count + 1, 'events at the end are missing'; RETURN; END IF;
  RETURN QUERY SELECT v_count, NULL::int, NULL::text;
END $$;
--> statement-breakpoint
CREATE FUNCTION call_events_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('call_events', NEW.call_id || ' ' || NEW.seq);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER call_events_notify AFTER INSERT ON call_events FOR EACH ROW EXECUTE FUNCTION call_events_notify();
--> statement-breakpoint
-- Narrow look-ups for callers that do not know the team yet. Each answers with a team's id and nothing else of it.
CREATE FUNCTION team_of_call(p_call text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT team_id FROM calls WHERE id = p_call
$$;
--> statement-breakpoint
CREATE FUNCTION team_of_api_token(p_digest text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT team_id FROM api_tokens WHERE digest = p_digest
$$;
--> statement-breakpoint
CREATE FUNCTION team_of_invite(p_digest text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT team_id FROM invites WHERE digest = p_digest
$$;
--> statement-breakpoint
-- For the jobs process: open calls, with how long ago each gave a sign of life.
CREATE FUNCTION open_calls() RETURNS TABLE (id text, team_id text, status text, room text, wants_caller boolean, quiet_ms double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT c.id, c.team_id, c.status, c.room, c.say IS NOT NULL AND c.say_claimed_at IS NULL,
    extract(epoch FROM clock_timestamp() - coalesce(c.heartbeat_at, c.placed_at)) * 1000
  FROM calls c WHERE c.status IN ('placed', 'live')
$$;
