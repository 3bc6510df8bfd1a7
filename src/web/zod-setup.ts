import { config } from 'zod';

// Zod would make functions out of text, which a strict content security policy refuses. Imported before any schema.
config({ jitless: true });
