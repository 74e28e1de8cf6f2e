CREATE TABLE "inspector_questions" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"server_id" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"kind" text NOT NULL,
	"server_id" text,
	"message" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "oauth_flows" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"server_id" text NOT NULL,
	"user_id" text,
	"sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tool_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"server_id" text NOT NULL,
	"tool" text NOT NULL,
	"source" text NOT NULL,
	"ok" boolean NOT NULL,
	"ms" double precision NOT NULL,
	"raw_chars" integer NOT NULL,
	"shaped_chars" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"url" text NOT NULL,
	"credential_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_status" text,
	"last_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "handshakes" ADD COLUMN "source" text DEFAULT 'asked' NOT NULL;--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD COLUMN "previous_credential_id" text;--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD COLUMN "previous_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD COLUMN "stdio" jsonb;--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD COLUMN "env_credential_id" text;--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD COLUMN "env_names" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD COLUMN "rest" jsonb;--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD COLUMN "limits" jsonb DEFAULT '{"perMinute":null,"concurrent":null,"latencyBudgetMs":2000}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD COLUMN "watch_minutes" integer DEFAULT 15;--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD COLUMN "offers" jsonb;--> statement-breakpoint
ALTER TABLE "server_tools" ADD COLUMN "pending_hash" text;--> statement-breakpoint
ALTER TABLE "server_tools" ADD COLUMN "pending_since" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "inspector_questions_team" ON "inspector_questions" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "notices_team" ON "notices" USING btree ("team_id","at");--> statement-breakpoint
CREATE INDEX "oauth_flows_team" ON "oauth_flows" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "tool_runs_tool" ON "tool_runs" USING btree ("team_id","server_id","tool","at");--> statement-breakpoint
CREATE INDEX "webhooks_team" ON "webhooks" USING btree ("team_id");--> statement-breakpoint
-- The rules of the first tables, for the new ones.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tool_runs', 'oauth_flows', 'notices', 'webhooks', 'inspector_questions'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY team ON %I TO patchbay_app USING (team_id = current_setting(''app.team_id'', true)) WITH CHECK (team_id = current_setting(''app.team_id'', true))', t);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO patchbay_app', t);
  END LOOP;
END $$;
