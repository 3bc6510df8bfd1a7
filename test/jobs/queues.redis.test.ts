import { redisServer } from './queue-servers.ts';
import { queueSuite } from './queue-suite.ts';

queueSuite('Redis', redisServer);
