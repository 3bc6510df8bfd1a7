import { deliverySuite } from './delivery-suite.ts';
import { postgresServer } from './queue-servers.ts';

deliverySuite('PostgreSQL', postgresServer);
