CREATE TABLE "after_call_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"call_id" text NOT NULL,
	"server_id" text NOT NULL,
	"server_name" text NOT NULL,
	"tool" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "follow_ups" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"call_id" text NOT NULL,
	"tool_call_id" text,
	"reason" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	"done_by" text
);
--> statement-breakpoint
CREATE TABLE "hook_events" (
	"id" text NOT NULL,
	"team_id" text NOT NULL,
	"server_id" text NOT NULL,
	"event" text NOT NULL,
	"data" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "hook_events_team_id_id_pk" PRIMARY KEY("team_id","id")
);
--> statement-breakpoint
CREATE TABLE "tool_cache" (
	"team_id" text NOT NULL,
	"key" text NOT NULL,
	"server_id" text NOT NULL,
	"result" jsonb NOT NULL,
	"stored_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "tool_cache_team_id_key_pk" PRIMARY KEY("team_id","key")
);
--> statement-breakpoint
CREATE TABLE "write_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"call_id" text NOT NULL,
	"tool_call_id" text NOT NULL,
	"server_id" text NOT NULL,
	"tool" text NOT NULL,
	"key" text NOT NULL,
	"state" text NOT NULL,
	"answer" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD COLUMN "after_call" jsonb;--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD COLUMN "hook_credential_id" text;--> statement-breakpoint
CREATE UNIQUE INDEX "after_call_runs_once" ON "after_call_runs" USING btree ("team_id","call_id","server_id");--> statement-breakpoint
CREATE INDEX "follow_ups_team" ON "follow_ups" USING btree ("team_id","at");--> statement-breakpoint
CREATE INDEX "hook_events_server" ON "hook_events" USING btree ("team_id","server_id","at");--> statement-breakpoint
CREATE INDEX "tool_cache_server" ON "tool_cache" USING btree ("team_id","server_id");--> statement-breakpoint
CREATE UNIQUE INDEX "write_requests_key" ON "write_requests" USING btree ("team_id","call_id","key");--> statement-breakpoint
CREATE INDEX "write_requests_call" ON "write_requests" USING btree ("team_id","call_id");--> statement-breakpoint
-- The rules of the first tables, for the new ones.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tool_cache', 'write_requests', 'after_call_runs', 'hook_events', 'follow_ups'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY team ON %I TO patchbay_app USING (team_id = current_setting(''app.team_id'', true)) WITH CHECK (team_id = current_setting(''app.team_id'', true))', t);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO patchbay_app', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- A server's webhook comes without a team: its address names the server.
CREATE FUNCTION team_of_server(p_server text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT team_id FROM mcp_servers WHERE id = p_server AND deleted_at IS NULL
$$;
