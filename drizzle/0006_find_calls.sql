CREATE TABLE "call_words" (
	"call_id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"words" "tsvector" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mcp_servers" ALTER COLUMN "limits" SET DEFAULT '{"perMinute":null,"concurrent":null,"latencyBudgetMs":2000,"toolTimeoutMs":null,"mayInstruct":true,"maySpeak":false}'::jsonb;--> statement-breakpoint
CREATE INDEX "call_words_team" ON "call_words" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "call_words_words" ON "call_words" USING gin ("words");--> statement-breakpoint
-- Calls are searched as a whole, so that words of different turns find them; a moment is looked for in the few calls that are shown.
DROP INDEX "call_texts_words";
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['call_words'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY team ON %I TO patchbay_app USING (team_id = current_setting(''app.team_id'', true)) WITH CHECK (team_id = current_setting(''app.team_id'', true))', t);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO patchbay_app', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- Whoever writes, shortens or deletes the texts of a call needs to know nothing of its words. A tsvector holds a megabyte at most.
CREATE FUNCTION keep_call_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM call_words WHERE call_id IN (SELECT call_id FROM changed);
  INSERT INTO call_words (call_id, team_id, words)
    SELECT t.call_id, t.team_id, to_tsvector('simple', left(string_agg(t.text, E'\n' ORDER BY t.seq), 250000))
    FROM call_texts t WHERE t.call_id IN (SELECT call_id FROM changed) GROUP BY t.call_id, t.team_id
    ON CONFLICT (call_id) DO UPDATE SET words = excluded.words;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER call_texts_inserted AFTER INSERT ON call_texts REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_call_words();
--> statement-breakpoint
CREATE TRIGGER call_texts_updated AFTER UPDATE ON call_texts REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_call_words();
--> statement-breakpoint
CREATE TRIGGER call_texts_deleted AFTER DELETE ON call_texts REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_call_words();
--> statement-breakpoint
-- Under row-level security the word index may not be asked before the policy, which would read every call. This asks it, and lets
-- only the team's calls out.
CREATE FUNCTION calls_with_words(p_query tsquery, p_limit int) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT call_id FROM call_words WHERE words @@ p_query AND team_id = current_setting('app.team_id', true) LIMIT p_limit
$$;
--> statement-breakpoint
-- For words that most calls have: walking through the newest calls is sooner done than collecting all that match. Other filters come
-- first, by its cost.
CREATE FUNCTION call_has_words(p_call text, p_query tsquery) RETURNS boolean LANGUAGE sql STABLE COST 10000 AS $$
  SELECT EXISTS (SELECT FROM call_words WHERE call_id = p_call AND words @@ p_query)
$$;
--> statement-breakpoint
-- The frozen assistant is most of a row, and lists do not read it: beside the row it does not make them slow.
ALTER TABLE calls SET (toast_tuple_target = 640);
