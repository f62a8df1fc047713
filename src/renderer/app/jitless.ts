import { config } from 'zod';

// Must be imported before anything that declares a schema: zod otherwise probes `new Function`, which the content security policy
// refuses and reports as a violation.
config({ jitless: true });
