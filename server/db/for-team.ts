import { sql } from 'drizzle-orm';
import { connection } from '#src/server/db/connection.ts';

type Db = ReturnType<typeof connection>['db'];
/** A transaction that sees one team. */
export type TeamTx = Parameters<Parameters<Db['transaction']>[0]>[0];

/** The one door to team data: runs `work` in a transaction in which row-level security lets only this team's rows through. */
export function forTeam<T>(teamId: string, work: (tx: TeamTx) => Promise<T>): Promise<T> {
  return connection().db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('app.team_id', ${teamId}, true)`);
    return work(tx);
  });
}
