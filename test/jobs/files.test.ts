import { filesSuite } from './files-suite.ts';
import { postgresServer } from './queue-servers.ts';

filesSuite('PostgreSQL', postgresServer);
