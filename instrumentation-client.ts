import { config } from 'zod/v4/core';

// It would try to compile its checks, which the content security policy forbids: browsers list the attempt as an issue.
// From the core alone: this runs before the first frame of every page, and need not bring all of zod with it.
config({ jitless: true });
