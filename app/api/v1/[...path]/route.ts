import { dispatch } from '#src/server/api/dispatch.ts';

export { dispatch as DELETE, dispatch as GET, dispatch as PATCH, dispatch as POST, dispatch as PUT };
