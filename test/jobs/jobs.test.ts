import { jobsSuite } from './jobs-suite.ts';
import { postgresServer } from './queue-servers.ts';

jobsSuite('PostgreSQL', postgresServer);
