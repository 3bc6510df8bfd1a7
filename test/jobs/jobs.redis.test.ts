import { jobsSuite } from './jobs-suite.ts';
import { redisServer } from './queue-servers.ts';

jobsSuite('Redis', redisServer);
