/** Starts an embedded PostgreSQL in the folder given and waits to be killed. Prints its process id when it is up. */
import { startEmbeddedPostgres } from '#training/embedded-postgres.ts';

const { pid } = await startEmbeddedPostgres({ dir: process.argv[2] ?? '' });
process.stdout.write(`${pid}\n`);
setInterval(() => undefined, 1000);
