import { z } from 'zod';

// It would try to compile its checks, which the content security policy forbids: browsers list the attempt as an issue.
z.config({ jitless: true });
