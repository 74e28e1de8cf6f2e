import { z } from 'zod';
import { annotationsSchema, commentSchema, labelSchema, newCommentSchema } from '#src/lib/calls/annotation.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import {
  addComment,
  addLabel,
  changeComment,
  deleteComment,
  readAnnotations,
  removeLabel,
} from '#src/server/calls/annotations.ts';

export const annotationEndpoints = [
  endpoint({
    method: 'GET',
    path: '/calls/{id}/annotations',
    summary: 'Labels and comments of a call.',
    action: 'call:read',
    answer: annotationsSchema,
    handle: ({ actor, params }) => readAnnotations(actor, params.id ?? ''),
  }),
  endpoint({
    method: 'POST',
    path: '/calls/{id}/labels',
    summary: 'Puts a label on a call.',
    action: 'call:annotate',
    body: z.object({ label: labelSchema }),
    handle: ({ actor, params, body }) => addLabel(actor, params.id ?? '', body.label),
  }),
  endpoint({
    method: 'DELETE',
    path: '/calls/{id}/labels/{label}',
    summary: 'Takes a label off a call.',
    action: 'call:annotate',
    handle: ({ actor, params }) => removeLabel(actor, params.id ?? '', params.label ?? ''),
  }),
  endpoint({
    method: 'POST',
    path: '/calls/{id}/comments',
    summary: 'Says something of a call, or of a moment of it (`at`, ms from t = 0).',
    action: 'call:annotate',
    body: newCommentSchema,
    answer: commentSchema,
    status: 201,
    handle: ({ actor, params, body }) => addComment(actor, params.id ?? '', body),
  }),
  endpoint({
    method: 'PATCH',
    path: '/calls/{id}/comments/{commentId}',
    summary: 'Changes the words of one’s own comment.',
    action: 'call:annotate',
    body: newCommentSchema.pick({ text: true }),
    answer: commentSchema,
    handle: ({ actor, params, body }) => changeComment(actor, params.id ?? '', params.commentId ?? '', body.text),
  }),
  endpoint({
    method: 'DELETE',
    path: '/calls/{id}/comments/{commentId}',
    summary: 'Takes one’s own comment away.',
    action: 'call:annotate',
    handle: ({ actor, params }) => deleteComment(actor, params.id ?? '', params.commentId ?? '', true),
  }),
];
