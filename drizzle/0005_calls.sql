CREATE TABLE "call_comments" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"call_id" text NOT NULL,
	"at_ms" double precision,
	"text" text NOT NULL,
	"author_id" text,
	"author_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "call_labels" (
	"call_id" text NOT NULL,
	"label" text NOT NULL,
	"team_id" text NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "call_labels_call_id_label_pk" PRIMARY KEY("call_id","label")
);
--> statement-breakpoint
CREATE TABLE "call_looks" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"call_id" text NOT NULL,
	"who" text NOT NULL,
	"name" text NOT NULL,
	"what" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "call_texts" (
	"call_id" text NOT NULL,
	"seq" integer NOT NULL,
	"team_id" text NOT NULL,
	"kind" text NOT NULL,
	"at_ms" double precision,
	"text" text NOT NULL,
	CONSTRAINT "call_texts_call_id_seq_pk" PRIMARY KEY("call_id","seq")
);
--> statement-breakpoint
CREATE TABLE "links" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"digest" text NOT NULL,
	"uses" integer DEFAULT 0 NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "links_digest_unique" UNIQUE("digest")
);
--> statement-breakpoint
CREATE TABLE "recordings" (
	"call_id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"state" text NOT NULL,
	"key" text NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"duration_ms" double precision DEFAULT 0 NOT NULL,
	"peaks" jsonb,
	"heard" jsonb,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "server_circuits" (
	"team_id" text NOT NULL,
	"server_id" text NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"rests_until" timestamp with time zone,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "server_circuits_team_id_server_id_pk" PRIMARY KEY("team_id","server_id")
);
--> statement-breakpoint
CREATE TABLE "team_settings" (
	"team_id" text PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "calls_team";--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "duration_ms" double precision;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "tools" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "failed_tools" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "writes_done" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "flags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "reply_ms" double precision;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "heard_reply_ms" double precision;--> statement-breakpoint
CREATE INDEX "call_comments_call" ON "call_comments" USING btree ("team_id","call_id");--> statement-breakpoint
CREATE INDEX "call_labels_team" ON "call_labels" USING btree ("team_id","label");--> statement-breakpoint
CREATE INDEX "call_looks_call" ON "call_looks" USING btree ("team_id","call_id","at");--> statement-breakpoint
CREATE INDEX "call_texts_team" ON "call_texts" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "links_subject" ON "links" USING btree ("team_id","subject_id");--> statement-breakpoint
CREATE INDEX "recordings_team" ON "recordings" USING btree ("team_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_name" ON "saved_views" USING btree ("team_id","name");--> statement-breakpoint
CREATE INDEX "calls_flags" ON "calls" USING gin ("flags");--> statement-breakpoint
CREATE INDEX "calls_tools" ON "calls" USING gin ("tools");--> statement-breakpoint
CREATE INDEX "calls_assistant" ON "calls" USING btree ("team_id","assistant_id","placed_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "calls_team" ON "calls" USING btree ("team_id","placed_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
-- Words in any language: no stemming, so that names and codes are found as they are.
CREATE INDEX "call_texts_words" ON "call_texts" USING gin (to_tsvector('simple', "text"));--> statement-breakpoint
-- The rules of the first tables, for the new ones.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['server_circuits', 'team_settings', 'recordings', 'call_texts', 'call_labels', 'call_comments', 'saved_views', 'links', 'call_looks'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY team ON %I TO patchbay_app USING (team_id = current_setting(''app.team_id'', true)) WITH CHECK (team_id = current_setting(''app.team_id'', true))', t);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO patchbay_app', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- A link comes without a team: what is asked for names it by the digest of its secret.
CREATE FUNCTION team_of_link(p_digest text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT team_id FROM links WHERE digest = p_digest
$$;
