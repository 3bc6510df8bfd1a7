import { postgresServer } from './queue-servers.ts';
import { queueSuite } from './queue-suite.ts';

queueSuite('PostgreSQL', postgresServer);
