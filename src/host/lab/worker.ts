import { parentPort } from 'node:worker_threads';
import { giveWay } from '../give-way.ts';
import { serveLab } from './serve-lab.ts';

// The entry of a lab thread: back-tests are computed here, so that the engine can always answer and cancel.
if (parentPort === null) throw new Error('this file is the entry of a worker thread');
giveWay();
serveLab(parentPort);
