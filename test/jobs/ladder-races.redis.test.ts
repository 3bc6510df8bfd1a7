import { ladderRaces } from './ladder-races-suite.ts';
import { redisServer } from './queue-servers.ts';

ladderRaces('Redis', redisServer);
