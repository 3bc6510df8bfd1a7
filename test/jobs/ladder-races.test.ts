import { ladderRaces } from './ladder-races-suite.ts';
import { postgresServer } from './queue-servers.ts';

ladderRaces('PostgreSQL', postgresServer);
