import type { z } from 'zod';
import type { Action } from '#src/lib/teams/rights.ts';
import type { Actor } from '#src/server/teams/actor.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export type Handled<Body, Query> = {
  actor: Actor;
  /** The parts of the path that the pattern names. */
  params: Record<string, string>;
  body: Body;
  query: Query;
  request: Request;
};

/** One call of the REST interface. The table of these is the router, the OpenAPI document and what the tests walk through. */
export type Endpoint = {
  method: Method;
  /** Such as `/calls/{id}/events`. */
  path: string;
  summary: string;
  /** What the caller must be allowed; null: open to everyone, with no actor. */
  action: Action | null;
  body: z.ZodType | null;
  query: z.ZodType | null;
  answer: z.ZodType | null;
  status: number;
  /** A media type that is streamed beside JSON. */
  streams?: string;
  handle: (handled: Handled<unknown, unknown>) => Promise<unknown>;
};

/** Declares an endpoint; body and query reach `handle` parsed. */
export function endpoint<Body extends z.ZodType | null = null, Query extends z.ZodType | null = null>(e: {
  method: Method;
  path: string;
  summary: string;
  action: Action | null;
  body?: Body;
  query?: Query;
  answer?: z.ZodType;
  status?: number;
  streams?: string;
  handle: (handled: Handled<Parsed<Body>, Parsed<Query>>) => Promise<unknown>;
}): Endpoint {
  const { body = null, query = null, answer = null, status = 200, handle, ...rest } = e;
  return {
    ...rest,
    body,
    query,
    answer,
    status,
    // Parsed again with its own schema, so that the types inside are what was checked.
    handle: (handled) =>
      handle({ ...handled, body: parsed(body, handled.body), query: parsed(query, handled.query) } satisfies Handled<
        unknown,
        unknown
      > as Handled<Parsed<Body>, Parsed<Query>>),
  };
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : null;

const parsed = (schema: z.ZodType | null, value: unknown): unknown => (schema === null ? null : schema.parse(value));
