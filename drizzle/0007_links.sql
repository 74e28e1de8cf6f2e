ALTER TABLE "mcp_servers" ALTER COLUMN "limits" SET DEFAULT '{"perMinute":null,"concurrent":null,"latencyBudgetMs":2000,"toolTimeoutMs":null,"mayInstruct":true,"maySpeak":false,"keepMessages":true}'::jsonb;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "caller_link_id" text;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "options" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "calls_link" ON "calls" USING btree ("team_id","caller_link_id") WHERE caller_link_id is not null;