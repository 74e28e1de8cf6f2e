import { type OAuthStep, type OAuthStepName, oauthStepNames } from '#src/lib/mcp/oauth-steps.ts';
import { oauthError } from '#src/server/mcp/oauth/oauth-error.ts';

export type OAuthLadder = {
  /** Runs a step; what it throws is kept as the step's error and thrown on as an AppError. */
  step<T>(name: OAuthStepName, work: () => Promise<T>, detail: (value: T) => string): Promise<T>;
  mark(name: OAuthStepName, state: 'waiting' | 'skipped', detail: string): void;
  steps(): OAuthStep[];
};

/** Keeps the steps of one authorization. */
export function oauthLadder(): OAuthLadder {
  const done = new Map<OAuthStepName, OAuthStep>();
  return {
    async step(name, work, detail) {
      try {
        const value = await work();
        done.set(name, { name, state: 'passed', detail: detail(value) });
        return value;
      } catch (error) {
        const app = oauthError(error);
        const { code, message, hint = '', raw } = app;
        done.set(name, { name, state: 'failed', error: { code, message, hint, ...(raw ? { raw } : {}) } });
        throw app;
      }
    },
    mark: (name, state, detail) => void done.set(name, { name, state, detail }),
    steps: () => oauthStepNames.map((name) => done.get(name) ?? { name, state: 'not-run' }),
  };
}
